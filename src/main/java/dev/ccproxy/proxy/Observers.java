package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everyone who watches one exchange. One that throws, be it an {@link OutOfMemoryError}, is dropped and logged: it must
 * not touch the exchange. Whoever tells of bytes has handed them on before.
 */
final class Observers {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<ExchangeObserver> observers;

    private Observers(List<ExchangeObserver> observers) {
        this.observers = observers;
    }

    static Observers open(List<ExchangeListener> listeners, Opened opened) {
        List<ExchangeObserver> observers = new ArrayList<>(listeners.size());
        for (ExchangeListener listener : listeners) {
            try {
                observers.add(listener.opened(opened));
            } catch (Throwable bug) {
                LOG.error(
                        "an exchange listener failed; this exchange goes on without it exchangeId={}",
                        opened.id(),
                        bug);
            }
        }
        return new Observers(observers);
    }

    /** The end is the last that they hear, even when the other side still delivers. */
    void tell(ExchangeEvent event) {
        for (int i = observers.size() - 1; i >= 0; i--) {
            try {
                observers.get(i).on(event);
            } catch (Throwable bug) {
                observers.remove(i);
                LOG.error("an exchange observer failed; the exchange goes on without it", bug);
            }
        }
        if (event instanceof ExchangeEvent.Ended) {
            observers.clear();
        }
    }

    /**
     * The bytes of a buffer as they are, without a copy: Vert.x hands out unpooled heap buffers that nobody writes to
     * again.
     */
    static Bytes bytes(Buffer buffer) {
        ByteBuf content = ((BufferInternal) buffer).getByteBuf();
        return content.hasArray()
                ? Bytes.wrap(content.array(), content.arrayOffset() + content.readerIndex(), content.readableBytes())
                : Bytes.wrap(buffer.getBytes());
    }
}
