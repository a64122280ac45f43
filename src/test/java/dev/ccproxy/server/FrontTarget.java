package dev.ccproxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Of any bytes the HTTP front passes a beginning, the same however they come; for the fuzzer. */
public final class FrontTarget {

    private static final int MAX_HEAD_BYTES = 300;

    private FrontTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        byte[] whole = passed(input, input.length);
        if (!Arrays.equals(whole, Arrays.copyOf(input, whole.length))) {
            throw new AssertionError("something else passed");
        }
        if (!Arrays.equals(whole, passed(input, 1))) {
            throw new AssertionError("byte by byte something else passed");
        }
    }

    private static byte[] passed(byte[] input, int pieceBytes) {
        EmbeddedChannel front = new EmbeddedChannel(new RequestGuard(MAX_HEAD_BYTES, () -> false));
        for (int at = 0; at < input.length && front.isOpen(); at += pieceBytes) {
            front.writeInbound(Unpooled.copiedBuffer(input, at, Math.min(pieceBytes, input.length - at)));
        }
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (ByteBuf next; (next = front.readInbound()) != null; next.release()) {
            byte[] bytes = new byte[next.readableBytes()];
            next.readBytes(bytes);
            passed.writeBytes(bytes);
        }
        front.finishAndReleaseAll();
        return passed.toByteArray();
    }
}
