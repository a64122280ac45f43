package dev.ccproxy.server;

import dev.ccproxy.http.ErrorEnvelope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the raw bytes of a connection before the HTTP decoder does, and lets only well-formed HTTP/1.1 through. The
 * decoder behind it forgives what a proxy must not (folded lines, no or two hosts, loose framing): what two parsers
 * read differently is how requests are smuggled (RFC 9112 section 11.2). Bodies are skipped by arithmetic; a read that
 * holds whole heads passes without a copy.
 *
 * <pre>
 *   HEAD ──&gt; FIXED body ──────────────────────────&gt; HEAD
 *     └────&gt; CHUNKED body, trailers ({@link ChunkGuard}) ──&gt; HEAD
 * </pre>
 *
 * A malformed head is answered 400, one that is too long 431; a malformed body closes the connection, which ends its
 * exchange. For one connection, on its event loop.
 */
final class RequestGuard extends ChannelInboundHandlerAdapter {

    private enum State {
        HEAD,
        FIXED,
        CHUNKED,
        REFUSED
    }

    /** How long an answer of ours may take to be read before the connection closes under it. */
    private static final long LINGER_MILLIS = 1000;

    private final int maxHeadBytes;
    private final BooleanSupplier answering;
    private State state = State.HEAD;
    private long bodyRemaining;
    private final HeadEnd headEnd = new HeadEnd();
    private final ChunkGuard chunks = new ChunkGuard();
    private @Nullable ByteBuf held;
    private @Nullable Malformed postponed;
    private @Nullable ChannelHandlerContext context;

    /**
     * A guard for one connection.
     *
     * @param answering whether an earlier request of this connection is still being answered
     */
    RequestGuard(int maxHeadBytes, BooleanSupplier answering) {
        this.maxHeadBytes = maxHeadBytes;
        this.answering = answering;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropHeld();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf read)) {
            context.fireChannelRead(message);
            return;
        }
        if (state == State.REFUSED) {
            read.release();
            return;
        }
        ByteBuf bytes = withHeld(read);
        int from = bytes.readerIndex();
        try {
            int end = accept(bytes, from);
            pass(context, bytes, from, end);
        } catch (Malformed malformed) {
            pass(context, bytes, from, malformed.from());
            dropHeld();
            refuse(context, malformed);
        }
    }

    /** Moves through the bytes; gives the index up to which they are well-formed and complete enough to pass. */
    private int accept(ByteBuf bytes, int from) throws Malformed {
        int at = from;
        while (at < bytes.writerIndex()) {
            int next = switch (state) {
                case HEAD -> head(bytes, at);
                case FIXED -> fixed(bytes, at);
                case CHUNKED -> chunked(bytes, at);
                case REFUSED -> throw new IllegalStateException("bytes after a refusal");
            };
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private int head(ByteBuf bytes, int from) throws Malformed {
        int end = headEnd.find(bytes, from);
        if (end < 0 ? bytes.writerIndex() - from > maxHeadBytes : end - from > maxHeadBytes) {
            throw new Malformed(431, "the request head is longer than " + maxHeadBytes + " bytes", from);
        }
        if (end < 0) {
            headEnd.checkStart(bytes, from);
            return from;
        }
        RequestHead head = RequestHead.check(bytes, from, end);
        if (head.chunked()) {
            chunks.begin();
            state = State.CHUNKED;
        } else if (head.contentLength() > 0) {
            bodyRemaining = head.contentLength();
            state = State.FIXED;
        }
        return end;
    }

    private int fixed(ByteBuf bytes, int from) {
        long taken = Math.min(bodyRemaining, bytes.writerIndex() - from);
        bodyRemaining -= taken;
        if (bodyRemaining == 0) {
            state = State.HEAD;
        }
        return from + (int) taken;
    }

    private int chunked(ByteBuf bytes, int from) throws Malformed {
        int next = chunks.accept(bytes, from);
        if (chunks.ended()) {
            state = State.HEAD;
        }
        return next;
    }

    private ByteBuf withHeld(ByteBuf read) {
        if (held == null) {
            return read;
        }
        try {
            return held.writeBytes(read);
        } finally {
            read.release();
        }
    }

    /** Hands on what is accepted; keeps the rest, at most one unfinished head or line, for the next read. */
    private void pass(ChannelHandlerContext context, ByteBuf bytes, int from, int end) {
        if (held != null && end == from) {
            return; // The bytes are those held, with more behind them, and still they wait.
        }
        int rest = bytes.writerIndex() - end;
        held = rest == 0 ? null : Unpooled.buffer(Math.max(256, rest)).writeBytes(bytes, end, rest);
        if (end > from) {
            context.fireChannelRead(bytes.writerIndex(end));
        } else {
            bytes.release();
        }
    }

    private void dropHeld() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    private void refuse(ChannelHandlerContext context, Malformed malformed) {
        boolean inBody = state != State.HEAD;
        state = State.REFUSED;
        if (inBody) {
            var _ = context.close();
        } else if (answering.getAsBoolean()) {
            postponed = malformed;
        } else {
            answer(context, malformed);
        }
    }

    /** An answer of this connection has ended: the turn of a refusal that waited for it. */
    void answered() {
        Malformed waiting = postponed;
        if (waiting != null && context != null) {
            postponed = null;
            answer(context, waiting);
        }
    }

    private static void answer(ChannelHandlerContext context, Malformed malformed) {
        byte[] body = ErrorEnvelope.bytes("invalid_request_error", "malformed HTTP: " + malformed.getMessage());
        String reason = malformed.status() == 431 ? "Request Header Fields Too Large" : "Bad Request";
        String head = "HTTP/1.1 " + malformed.status() + " " + reason + "\r\ncontent-type: application/json\r\n"
                + "cache-control: no-store\r\ncontent-length: " + body.length + "\r\nconnection: close\r\n\r\n";
        context.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
                .addListener((ChannelFutureListener) written -> {
                    if (written.channel() instanceof DuplexChannel duplex) {
                        var _ = duplex.shutdownOutput();
                    }
                });
        Runnable close = () -> {
            var _ = context.close();
        };
        var _ = context.executor().schedule(close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
}
