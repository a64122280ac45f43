package dev.ccproxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\t200 OK\r\n\r\n",
                "\rHTTP/1.1\t200 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 2 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "RTSP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nen-US Content-Type: text/xml\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1  200 OK\r\n\r\n"
            })
    void aMalformedHeadBreaksTheConnection(String answer) {
        for (int size : new int[] {1, 3, answer.length()}) {
            EmbeddedChannel channel = asked();
            assertThatThrownBy(() -> {
                        feed(channel, answer, size);
                        channel.checkException();
                    })
                    .isInstanceOf(DecoderException.class);
            assertThat(channel.isOpen()).isFalse();
            channel.finishAndReleaseAll();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nbad : \0\r\n!",
                "HTTP/1.1 529 \r\nX-Empty:\r\n\r\n",
                "HTTP/1.0 204\r\n\r\n",
                "HTTP/1.1 200 \u00e9t\u00e9\r\nX: \u00e9\t!\r\n\r\nrest",
                "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\t\t",
                "\r\nHTTP/1.1 200 OK\nA: b\n\n\0"
            })
    void aWellFormedHeadAndAnyBodyPassUnchanged(String answer) {
        for (int size : new int[] {1, 3, answer.length()}) {
            EmbeddedChannel channel = asked();
            feed(channel, answer, size);
            assertThat(passed(channel)).isEqualTo(answer);
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void theNextAnswerOfAConnectionIsCheckedToo() {
        EmbeddedChannel channel = asked();
        feed(channel, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 100);
        ask(channel);
        assertThatThrownBy(() -> feed(channel, "HTTP/1.1  200 OK\r\n\r\n", 100)).isInstanceOf(DecoderException.class);
        channel.finishAndReleaseAll();
    }

    private static EmbeddedChannel asked() {
        ResponseGuard guard = new ResponseGuard();
        EmbeddedChannel channel = new EmbeddedChannel(guard, guard.requestStart());
        ask(channel);
        return channel;
    }

    private static void ask(EmbeddedChannel channel) {
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/v1/messages"));
        channel.releaseOutbound();
    }

    private static void feed(EmbeddedChannel channel, String answer, int size) {
        for (int at = 0; at < answer.length(); at += size) {
            String piece = answer.substring(at, Math.min(answer.length(), at + size));
            channel.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
        }
    }

    private static String passed(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            all.append(piece.toString(StandardCharsets.ISO_8859_1));
            piece.release();
        }
        return all.toString();
    }
}
