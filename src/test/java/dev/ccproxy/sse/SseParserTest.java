package dev.ccproxy.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseParserTest {

    private static final int LIMIT = 1 << 20;

    @Test
    void eventsHaveTypeDataAndId() {
        List<SseEvent> events = read("event: a\ndata: one\n\nid: 7\ndata:two\n\ndata\n\n");
        assertThat(events).extracting(SseEvent::type).containsExactly("a", "message", "message");
        assertThat(texts(events)).containsExactly("one", "two", "");
        assertThat(events).extracting(SseEvent::id).containsExactly("", "7", "7");
    }

    @Test
    void linesEndWithAnyOfTheThreeEnds() {
        assertThat(texts(read("data: a\r\ndata: b\r\n\r\ndata: c\rdata: d\r\rdata: e\ndata: f\n\n")))
                .containsExactly("a\nb", "c\nd", "e\nf");
    }

    @Test
    void aByteOrderMarkIsPassedOverOnceOnly() {
        assertThat(texts(read("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n"))).containsExactly("a", "c");
    }

    @Test
    void commentsUnknownFieldsAndEventsWithoutDataSayNothing() {
        assertThat(texts(read(": ping\n\nfoo: bar\n\nevent: x\n\n data: no\n\ndata: yes\n\n")))
                .containsExactly("yes");
    }

    @Test
    void oneSpaceBehindTheColonIsNoPartOfTheValue() {
        assertThat(texts(read("data:  a\n\ndata:\tb\n\ndata:\n\n"))).containsExactly(" a", "\tb", "");
    }

    @Test
    void anIdWithNulIsIgnored() {
        assertThat(read("id: 1\nid: 2\0\ndata: x\n\n")).extracting(SseEvent::id).containsExactly("1");
    }

    @Test
    void retryIsANumberOrNothing() {
        SseParser parser = new SseParser(LIMIT, event -> {});
        parser.feed(Bytes.utf8("retry: 1500\nretry: 2x\nretry:\nretry: 99999999999999999999\n\n"));
        assertThat(parser.retryMillis()).hasValue(1500);
    }

    @Test
    void anEventWithoutItsEmptyLineIsDiscarded() {
        List<SseEvent> events = new ArrayList<>();
        SseParser parser = new SseParser(LIMIT, events::add);
        parser.feed(Bytes.utf8("data: a\n\ndata: b\n"));
        assertThat(texts(events)).containsExactly("a");
        assertThat(parser.unfinished()).isTrue();
        parser.feed(Bytes.utf8("\n"));
        assertThat(texts(events)).containsExactly("a", "b");
        assertThat(parser.unfinished()).isFalse();
    }

    @Test
    void offsetsTellWhereInTheStreamAnEventLies() {
        String stream = "data: a\n\n: c\ndata: é\r\n\r\ndata: x\n\n";
        List<SseEvent> events = read(stream);
        assertThat(events).extracting(SseEvent::offset).containsExactly(0L, 9L, 25L);
        assertThat(events).extracting(SseEvent::endOffset).containsExactly(9L, 24L, 34L);
    }

    @Test
    void charactersTornBetweenChunksStayWhole() {
        Bytes stream = Bytes.utf8("event: é😀\ndata: 😀é\n\n");
        for (int cut = 0; cut <= stream.length(); cut++) {
            List<SseEvent> events = read(List.of(stream.slice(0, cut), stream.slice(cut, stream.length())), LIMIT);
            assertThat(texts(events)).as("cut at %d", cut).containsExactly("😀é");
            assertThat(events.getFirst().type()).isEqualTo("é😀");
        }
    }

    @Test
    void anEventOverTheLimitIsMarkedAndHoldsNothing() {
        Bytes stream = Bytes.utf8("event: big\ndata: " + "x".repeat(200) + "\n\n: " + "c".repeat(300) + "\ndata: "
                + "y".repeat(60) + "\ndata: " + "z".repeat(60) + "\n\ndata: ok\n\n");
        Splits.forEach(stream, new Random(3), chunks -> {
            List<SseEvent> events = read(chunks, 100);
            assertThat(events).extracting(SseEvent::oversized).containsExactly(true, true, false);
            assertThat(texts(events)).containsExactly("", "", "ok");
            assertThat(events.getFirst().type()).isEqualTo("big");
        });
    }

    @Test
    void linesOfMegabytesAreRead() {
        String megabytes = "x".repeat(5_000_000);
        Bytes stream = Bytes.utf8("data: " + megabytes + "\n\n");
        assertThat(texts(read(Splits.every(stream, 16_384), 8 << 20))).containsExactly(megabytes);
        assertThat(texts(read(List.of(stream), 8 << 20))).containsExactly(megabytes);
    }

    @Test
    void dataOfOneChunkIsNotCopied() {
        Bytes chunk = Bytes.utf8("data: a\n\n");
        assertThat(read(List.of(chunk), LIMIT).getFirst().data().array()).isSameAs(chunk.array());
    }

    @Test
    void anySplitOfAnyBytesGivesTheSameEvents() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] words = {
            "data", ":", " ", "\n", "\r", "\r\n", "\n\n", "event", "id", "retry", "x", "é", "😀", "\0", "\uFEFF", "12",
            "data: a", "\r\r"
        };
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(words[random.nextInt(words.length)]);
            }
            Bytes stream = Bytes.utf8(text.toString());
            int limit = random.nextInt(4) == 0 ? 20 : LIMIT;
            List<SseEvent> expected = read(List.of(stream), limit);
            Splits.forEach(
                    stream,
                    random,
                    chunks -> assertThat(read(chunks, limit))
                            .as("seed %d, stream %s", seed, text)
                            .isEqualTo(expected));
        }
    }

    private static List<SseEvent> read(String stream) {
        return read(List.of(Bytes.utf8(stream)), LIMIT);
    }

    private static List<SseEvent> read(List<Bytes> chunks, int limit) {
        List<SseEvent> events = new ArrayList<>();
        SseParser parser = new SseParser(limit, events::add);
        chunks.forEach(parser::feed);
        return events;
    }

    private static List<String> texts(List<SseEvent> events) {
        return events.stream().map(event -> event.data().utf8()).toList();
    }
}
