package dev.ccproxy.upstream;

import dev.ccproxy.http.TokenBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Reads the raw bytes of an HTTP/1.1 answer's head before the decoder does, and breaks the connection where they are
 * malformed (RFC 9112 sections 4 and 5): the decoder guesses instead, and what it guesses would reach the client changed.
 * Nothing is held back: the decoder gives nothing out before the last byte of a head, and by then it is checked. A body
 * passes unread. For one connection, on its event loop.
 */
final class ResponseGuard extends ChannelInboundHandlerAdapter {

    private static final String DECODER = "codec";
    private static final String VERSION = "HTTP/1.";

    private enum State {
        /** Between requests, or in a body. */
        PASSING,
        STATUS_LINE,
        REASON,
        LINE_START,
        NAME,
        VALUE,
        LAST_LINE_FEED,
        REFUSED
    }

    private State state = State.PASSING;
    /** Bytes of the status line seen. */
    private int position;

    private int status;
    private boolean afterReturn;

    /** To be called for every new connection. */
    static void install(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        ChannelPipeline pipeline = base.channelHandlerContext().pipeline();
        // HTTP/2 frames have a decoder of another name.
        if (pipeline.get(DECODER) != null) {
            ResponseGuard guard = new ResponseGuard();
            pipeline.addBefore(DECODER, "response-guard", guard);
            pipeline.addAfter(DECODER, "request-start", guard.requestStart());
        }
    }

    /** Requests are not pipelined: when one is written, the next byte that comes is the first of its answer. */
    ChannelOutboundHandlerAdapter requestStart() {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                if (message instanceof HttpRequest && state == State.PASSING) {
                    expectHead();
                }
                var _ = context.write(message, promise);
            }
        };
    }

    private void expectHead() {
        state = State.STATUS_LINE;
        position = 0;
        status = 0;
        afterReturn = false;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (state == State.PASSING || !(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && state != State.PASSING && state != State.REFUSED) {
            state = next(bytes.getByte(at++));
        }
        if (state == State.REFUSED) {
            bytes.release();
            context.fireExceptionCaught(new DecoderException("malformed answer head"));
            var _ = context.close();
        } else {
            context.fireChannelRead(bytes);
        }
    }

    private State next(byte b) {
        return switch (state) {
            case STATUS_LINE -> statusLine(b);
            case REASON -> text(b, State.REASON);
            case LINE_START -> lineStart(b);
            case NAME -> b == ':' ? State.VALUE : TokenBytes.contains(b) ? State.NAME : State.REFUSED;
            case VALUE -> text(b, State.VALUE);
            case LAST_LINE_FEED -> b == '\n' ? headEnded() : State.REFUSED;
            case PASSING, REFUSED -> state;
        };
    }

    /** {@code HTTP/1.1 200} and a blank or the line's end. */
    private State statusLine(byte b) {
        int at = position++;
        if (at == 0 && (b == '\r' || b == '\n')) {
            position = 0;
            return State.STATUS_LINE;
        }
        boolean fits;
        if (at < VERSION.length()) {
            fits = b == VERSION.charAt(at);
        } else if (at == VERSION.length()) {
            fits = b == '0' || b == '1';
        } else if (at == VERSION.length() + 1) {
            fits = b == ' ';
        } else if (at < VERSION.length() + 5) {
            fits = b >= '0' && b <= '9';
            status = status * 10 + b - '0';
        } else {
            fits = status >= 100 && (b == ' ' || b == '\r' || b == '\n');
            return fits ? text(b, State.REASON) : State.REFUSED;
        }
        return fits ? State.STATUS_LINE : State.REFUSED;
    }

    private State lineStart(byte b) {
        if (b == '\r') {
            return State.LAST_LINE_FEED;
        }
        if (b == '\n') {
            return headEnded();
        }
        return TokenBytes.contains(b) ? State.NAME : State.REFUSED;
    }

    /** What may stand in a reason or a value, up to the end of its line. */
    private State text(byte b, State same) {
        if (b == '\n') {
            afterReturn = false;
            return State.LINE_START;
        }
        if (afterReturn) {
            return State.REFUSED;
        }
        if (b == '\r') {
            afterReturn = true;
            return same;
        }
        return b < 0 || b == '\t' || (b >= 0x20 && b != 0x7F) ? same : State.REFUSED;
    }

    /** Interim answers are followed by the final one. We never ask for an upgrade, so none can be agreed to. */
    private State headEnded() {
        if (status == 101) {
            return State.REFUSED;
        }
        if (status >= 200) {
            return State.PASSING;
        }
        position = 0;
        status = 0;
        return State.STATUS_LINE;
    }
}
