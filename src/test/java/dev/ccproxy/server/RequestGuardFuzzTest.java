package dev.ccproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The HTTP front on damaged requests: it passes on what it was sent or nothing, the same however it comes, and no head
 * that the parser behind it stumbles over. More rounds: {@code -Dccproxy.fuzz.rounds=1000000}.
 */
class RequestGuardFuzzTest {

    private static final int ROUNDS = Integer.getInteger("ccproxy.fuzz.rounds", 5_000);
    private static final int MAX_HEAD_BYTES = 600;

    private static final String HOST = "Host: [::1]:3001\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private static final String[] REQUESTS = {
        "POST /v1/messages?beta=true HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\nX-A: b\r\n\r\nhello",
        "POST /v1/messages HTTP/1.1\r\n" + HOST + CHUNKED + "\r\n5;x=\"y\"\r\nhello\r\n3\r\nabc\r\n0\r\nT: v\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: keep-alive, x\r\n" + HOST + "X: caf\u00e9\r\n\r\n",
        "HEAD / HTTP/1.0\r\n\r\n"
    };

    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        " ",
        "\t",
        ":",
        ",",
        "\0",
        "\u00ff",
        "chunked",
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 1\r\n",
        "Host: x\r\n",
        "HTTP/1.1",
        "0\r\n\r\n",
        ";",
        "-1",
        "ffffffff",
        "x".repeat(MAX_HEAD_BYTES)
    };

    @Test
    void damagedRequestsPassAsTheyAreOrNotAtAll() {
        long seed = Long.getLong("ccproxy.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String sent = damaged(random);
            String what = "seed " + seed + " round " + round + ": " + sent;
            Passed whole = passed(sent, random, sent.length());

            assertThat(sent).as(what).startsWith(whole.bytes());
            assertThat(passed(sent, random, 7)).as(what).isEqualTo(whole);
            assertParsed(whole, what);
        }
    }

    private static String damaged(Random random) {
        StringBuilder sent = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            sent.append(REQUESTS[random.nextInt(REQUESTS.length)]);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(sent.length());
            switch (random.nextInt(4)) {
                case 0 -> sent.deleteCharAt(at);
                case 1 -> sent.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> sent.setCharAt(at, (char) random.nextInt(256));
                default -> sent.delete(at, Math.min(sent.length(), at + random.nextInt(20)));
            }
            if (sent.isEmpty()) {
                sent.append('x');
            }
        }
        return sent.toString();
    }

    /** What came through, and whether more may come. */
    private record Passed(String bytes, boolean open) {}

    /** What comes through when it is sent in pieces of at most that many bytes. */
    private static Passed passed(String sent, Random random, int largest) {
        EmbeddedChannel front = new EmbeddedChannel(new RequestGuard(MAX_HEAD_BYTES, () -> false));
        byte[] all = sent.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < all.length && front.isOpen(); ) {
            int length = largest >= all.length ? all.length : Math.min(all.length - at, 1 + random.nextInt(largest));
            front.writeInbound(Unpooled.copiedBuffer(all, at, length));
            at += length;
        }
        StringBuilder passed = new StringBuilder();
        for (ByteBuf next; (next = front.readInbound()) != null; next.release()) {
            passed.append(next.toString(StandardCharsets.ISO_8859_1));
        }
        Passed result = new Passed(passed.toString(), front.isOpen());
        front.finishAndReleaseAll();
        return result;
    }

    /** Of a chunk the parser may think worse than the guard, and the connection ends; of a head never. */
    private static void assertParsed(Passed passed, String what) {
        EmbeddedChannel parser = new EmbeddedChannel(new HttpRequestDecoder());
        parser.writeInbound(Unpooled.copiedBuffer(passed.bytes(), StandardCharsets.ISO_8859_1));
        for (Object next; (next = parser.readInbound()) != null; ReferenceCountUtil.release(next)) {
            if (next instanceof HttpRequest head) {
                assertThat(head.decoderResult().isFailure()).as(what).isFalse();
            }
        }
        parser.finishAndReleaseAll();
    }
}
