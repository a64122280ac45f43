package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.SampleExchange;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodyDownloadTest extends ApiTest {

    private static final Bytes SHA = Bytes.wrap(new byte[32]);

    @Test
    void theRequestComesBackByteForByte() throws Exception {
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);
        SampleExchange sample = record(Bytes.wrap(body), STREAM);
        HttpResponse<byte[]> answer = server.send("GET", "/api/exchanges/" + sample.id() + "/request/body");
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "content-length")).isEqualTo("3000000");
        assertThat(header(answer, "content-type")).isEqualTo("application/octet-stream");
        assertThat(header(answer, "content-disposition"))
                .isEqualTo("attachment; filename=\"" + sample.id() + ".request\"");
        assertThat(header(answer, "x-ccproxy-body-state")).isEqualTo("exact");
        assertThat(header(answer, "x-ccproxy-wire-sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
    }

    @Test
    void aDecodedAnswerSaysWhatWasOnTheWire() throws Exception {
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        server.writer().write(sample.request(REQUEST));
        server.writer()
                .write(sample.ended(new BodyFacts(77, SHA, "gzip", BodyFacts.State.DECODED, STREAM.length()), STREAM));
        flush();
        HttpResponse<byte[]> answer = server.send("GET", "/api/exchanges/" + sample.id() + "/response/body");
        assertThat(answer.body()).isEqualTo(STREAM.toByteArray());
        assertThat(header(answer, "x-ccproxy-body-state")).isEqualTo("decoded");
        assertThat(header(answer, "x-ccproxy-wire-length")).isEqualTo("77");
        assertThat(header(answer, "x-ccproxy-wire-encoding")).isEqualTo("gzip");
        assertThat(header(answer, "x-ccproxy-wire-sha256")).isEqualTo("0".repeat(64));
        assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        flush();
        assertThat(problem("/api/exchanges/" + sample.id() + "/response/body", 404)
                        .path("type")
                        .asString())
                .isEqualTo("urn:ccproxy:problem:no-body");
        assertThat(problem("/api/exchanges/" + ExchangeId.next(Instant.now()) + "/request/body", 404)
                        .path("type")
                        .asString())
                .isEqualTo("urn:ccproxy:problem:unknown-exchange");
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
