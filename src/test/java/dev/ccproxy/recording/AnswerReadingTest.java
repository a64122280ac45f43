package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts.State;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.MemoryBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class AnswerReadingTest {

    private static final List<String> EVENTS = List.of(
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-opus-5\","
                    + "\"content\":[],\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\n",
            "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}\n\n",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\n",
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    private static final String STREAM = String.join("", EVENTS);
    private static final Headers EVENT_STREAM = Headers.of("Content-Type", "text/event-stream; charset=utf-8");
    private static final Headers GZIP_STREAM =
            Headers.of("content-type", "text/event-stream", "Content-Encoding", "gzip");
    private static final Bytes HASH = Bytes.wrap(new byte[32]);

    @Test
    void aStreamIsKeptExactlyAndUnderstood() {
        AnswerReading reading = read(Bytes.utf8(STREAM), EVENT_STREAM, ArrivalTimes.NONE);

        assertThat(reading.facts().state()).isEqualTo(State.EXACT);
        assertThat(reading.content()).isEqualTo(Bytes.utf8(STREAM));
        Answered said = reading.answered();
        assertThat(said.messageId()).isEqualTo("msg_1");
        assertThat(said.model()).isEqualTo("claude-opus-5");
        assertThat(said.stopReason()).isEqualTo("end_turn");
        assertThat(said.preview()).isEqualTo("hi");
        assertThat(said.usage()).isEqualTo(new Usage(3, 9, 0, 0, 0));
        assertThat(said.firstContentAt()).isEqualTo(STREAM.indexOf("event: message_delta") - 1L);
    }

    @Test
    void anEncodedStreamIsKeptDecodedWithTheTimesOfItsEvents() throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        long[] ends = new long[EVENTS.size()];
        long[] micros = new long[EVENTS.size()];
        try (GZIPOutputStream gzip = new GZIPOutputStream(encoded, true)) {
            for (int i = 0; i < EVENTS.size(); i++) {
                gzip.write(EVENTS.get(i).getBytes(StandardCharsets.UTF_8));
                gzip.flush();
                ends[i] = encoded.size();
                micros[i] = 1_000L * i;
            }
        }
        ends[ends.length - 1] = encoded.size();
        Bytes wire = Bytes.wrap(encoded.toByteArray());

        AnswerReading reading = read(wire, GZIP_STREAM, ArrivalTimes.of(ends, micros));

        assertThat(reading.facts().state()).isEqualTo(State.DECODED);
        assertThat(reading.facts().wireLength()).isEqualTo(wire.length());
        assertThat(reading.facts().encoding()).isEqualTo("gzip");
        assertThat(reading.facts().storedLength()).isEqualTo(STREAM.length());
        assertThat(reading.content()).isEqualTo(Bytes.utf8(STREAM));
        assertThat(reading.answered().stopReason()).isEqualTo("end_turn");
        long end = 0;
        for (int i = 0; i < EVENTS.size(); i++) {
            end += EVENTS.get(i).length();
            assertThat(reading.arrivals().end(i)).as("piece %d", i).isEqualTo(end);
            assertThat(reading.arrivals().micros(i)).isEqualTo(1_000L * i);
        }
    }

    @Test
    void aStreamThatWasCutOffIsKeptAsFarAsItCanBeRead() throws IOException {
        byte[] whole = gzip(STREAM);
        Bytes cut = Bytes.wrap(whole, 0, whole.length - 12);
        AnswerReading reading = read(cut, GZIP_STREAM, ArrivalTimes.NONE);
        assertThat(reading.facts().state()).isEqualTo(State.DECODED);
        assertThat(reading.answered().messageId()).isEqualTo("msg_1");
    }

    @Test
    void whatCannotBeDecodedStaysAsItCame() throws IOException {
        Bytes plain = Bytes.utf8(STREAM);
        assertThat(read(plain, GZIP_STREAM, ArrivalTimes.NONE).facts().state()).isEqualTo(State.RAW);
        AnswerReading unknown = read(
                plain,
                Headers.of("content-encoding", "compress", "content-type", "text/event-stream"),
                ArrivalTimes.NONE);
        assertThat(unknown.facts().state()).isEqualTo(State.RAW);
        assertThat(unknown.content()).isEqualTo(plain);

        byte[] damaged = gzip(STREAM);
        damaged[damaged.length - 6] ^= 1;
        AnswerReading reading = read(Bytes.wrap(damaged), GZIP_STREAM, ArrivalTimes.NONE);
        assertThat(reading.facts().state()).isEqualTo(State.RAW);
        assertThat(reading.answered().stopReason()).isEqualTo("end_turn");
        assertThat(reading.answered().firstContentAt()).isEqualTo(-1);
    }

    @Test
    void severalLinesOfTheHeaderAreOneList() throws IOException {
        Bytes wire = Bytes.wrap(gzip(STREAM));
        Headers headers = Headers.of("content-encoding", "identity", "content-encoding", "gzip");
        assertThat(read(wire, headers, ArrivalTimes.NONE).content()).isEqualTo(Bytes.utf8(STREAM));
    }

    @Test
    void anErrorBodyTellsItsMessage() {
        Headers json = Headers.of("content-type", "application/json");
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
        assertThat(read(Bytes.utf8(body), json, ArrivalTimes.NONE).answered().error())
                .isEqualTo("Overloaded");
        String silent = "{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}";
        assertThat(read(Bytes.utf8(silent), json, ArrivalTimes.NONE).answered().error())
                .isEqualTo("api_error");
        assertThat(read(Bytes.utf8("<html>bad gateway</html>"), json, ArrivalTimes.NONE)
                        .answered())
                .isEqualTo(Answered.read(Bytes.EMPTY, ""));
    }

    private static AnswerReading read(Bytes wire, Headers headers, ArrivalTimes arrivals) {
        return AnswerReading.read(wire, HASH, headers, arrivals, 64 << 20, new HeldMemory(new MemoryBudget(64 << 20)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(encoded)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return encoded.toByteArray();
    }
}
