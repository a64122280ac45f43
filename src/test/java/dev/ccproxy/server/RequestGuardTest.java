package dev.ccproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {

    private static final int MAX_HEAD_BYTES = 8192;
    private static final String HOST = "Host: localhost\r\n";

    private final AtomicBoolean answering = new AtomicBoolean();
    private final RequestGuard guard = new RequestGuard(MAX_HEAD_BYTES, answering::get);
    private final EmbeddedChannel channel = new EmbeddedChannel(guard);

    static List<String> malformed() {
        return List.of(
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A : b\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + ": b\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: b\0c\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: b\n\r\n",
                "GET / HTTP/1.1\n" + HOST + "\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "\n",
                "GET / HTTP/2.0\r\n" + HOST + "\r\n",
                "GET / HTTP/1.1 \r\n" + HOST + "\r\n",
                "GET  / HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /a b HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /caf\u00e9 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /\r\n\r\n",
                "G@T / HTTP/1.1\r\n" + HOST + "\r\n",
                " GET / HTTP/1.1\r\n" + HOST + "\r\n",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: +5\r\n\r\nhello",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5, 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length:\r\n\r\n",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 0x5\r\n\r\nhello",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\n" + HOST
                        + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001 a TLS hello");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAMalformedHeadAndPassesNothingOfIt(String request) {
        send(request);

        assertThat(passed()).isEmpty();
        assertThat(written()).startsWith("HTTP/1.1 400 ").contains("\"invalid_request_error\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5\r\nhello\rX0\r\n\r\n",
                "-5\r\nhello\r\n",
                "fffffffffffffffff\r\n",
                "5;a=\u0001\r\nhello\r\n",
                "\r\nhello",
                "0\r\nA : b\r\n\r\n",
                "0\r\n a: b\r\n\r\n"
            })
    void closesTheConnectionOnBrokenChunks(String body) {
        send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aWholeReadPassesAsTheSameBuffer() {
        ByteBuf read = bytes("POST /v1/messages HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello");
        channel.writeInbound(read);

        Object passed = channel.readInbound();
        assertThat(passed).isSameAs(read);
    }

    @Test
    void anySplitOfPipelinedRequestsGivesTheSameBytes() {
        String stream = "\r\nPOST /a HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello"
                + "POST /b HTTP/1.1\r\n" + HOST
                + "transfer-encoding: Chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n0\r\nT: v\r\n\r\n"
                + "GET /c|\"{}%2f HTTP/1.1\r\n" + HOST + "X: caf\u00e9\t\u00ff\r\nEmpty:\r\n\r\n"
                + "GET /d HTTP/1.0\r\n\r\n";
        for (int seed = 0; seed < 200; seed++) {
            EmbeddedChannel split = new EmbeddedChannel(new RequestGuard(MAX_HEAD_BYTES, () -> false));
            Random random = new Random(seed);
            byte[] all = stream.getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < all.length; ) {
                int length = Math.min(all.length - at, 1 + random.nextInt(seed % 2 == 0 ? 3 : 60));
                split.writeInbound(Unpooled.copiedBuffer(all, at, length));
                at += length;
            }
            assertThat(drain(split)).as("seed %d", seed).isEqualTo(stream);
        }
    }

    /** A guard that looked at everything again with each byte would need minutes for what takes a moment. */
    @Test
    void aHeadThatComesByteByByteIsReadOnce() {
        int length = 4 << 20;
        EmbeddedChannel slow = new EmbeddedChannel(new RequestGuard(2 * length, () -> false));
        slow.writeInbound(bytes("GET / HTTP/1.1\r\n" + HOST + "A: "));

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < length; i++) {
                slow.writeInbound(bytes("x"));
            }
            slow.writeInbound(bytes("\r\n\r\n"));
        });
        assertThat(drain(slow)).hasSize(length + HOST.length() + 23);
    }

    @Test
    void aHeadOverTheLimitIsAnswered431() {
        send("GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(MAX_HEAD_BYTES));

        assertThat(passed()).isEmpty();
        assertThat(written()).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aRefusalWaitsForTheAnswerBeforeIt() {
        answering.set(true);
        send("GET /first HTTP/1.1\r\n" + HOST + "\r\nGET /second HTTP/1.1\r\n\r\n");
        assertThat(passed()).isEqualTo("GET /first HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(written()).isEmpty();

        answering.set(false);
        guard.answered();
        assertThat(written()).startsWith("HTTP/1.1 400 ");
    }

    private void send(String raw) {
        channel.writeInbound(bytes(raw));
    }

    private String passed() {
        return drain(channel);
    }

    private static String drain(EmbeddedChannel from) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf next; (next = from.readInbound()) != null; next.release()) {
            all.append(next.toString(StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private String written() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf next; (next = channel.readOutbound()) != null; next.release()) {
            all.append(next.toString(StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private static ByteBuf bytes(String raw) {
        return Unpooled.wrappedBuffer(raw.getBytes(StandardCharsets.ISO_8859_1));
    }
}
