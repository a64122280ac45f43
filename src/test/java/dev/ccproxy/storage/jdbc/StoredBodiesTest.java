package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.segment.SampleConversation;
import dev.ccproxy.testing.Corpora;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever bodies look like and however they resemble each other, they are read back exactly. */
class StoredBodiesTest {

    private record Written(SampleExchange exchange, Bytes request, Bytes answer) {}

    @TempDir
    Path folder;

    private final List<Written> written = new ArrayList<>();
    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("requests.db"), new MemoryBudget(64 << 20));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void conversationsThatAreSpoiltOnTheWay() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        SampleConversation[] conversations = {new SampleConversation(seed), new SampleConversation(seed + 1)};
        for (int turn = 0; turn < 120; turn++) {
            Bytes body = conversations[random.nextInt(2)].next();
            write(
                    random.nextInt(3) == 0 ? spoilt(body, random) : body,
                    spoilt(Bytes.utf8("data: {}\n\n".repeat(50)), random));
            if (turn == 60) {
                reopen();
            }
        }
        assertAllReadBack("seed " + seed);
    }

    @Test
    void bodiesOfManySizesAndKinds() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            write(anything(random, 200_000), anything(random, 50_000));
        }
        write(anything(random, 9 << 20), anything(random, 9 << 20));
        assertAllReadBack("seed " + seed);
    }

    @Test
    void aBodyOfMoreSegmentsThanOnePackHolds() throws Exception {
        StringBuilder json = new StringBuilder("{\"messages\":[");
        for (int i = 0; i < 70_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"")
                    .append(i)
                    .append("\"}");
        }
        write(Bytes.utf8(json + "]}"), Bytes.EMPTY);
        write(Bytes.utf8(json + "],\"max_tokens\":1}"), Bytes.EMPTY);
        assertAllReadBack("");
    }

    @Test
    void theRecordedSession() throws Exception {
        for (String line : Files.readAllLines(Corpora.require("../data/claude-code-session.jsonl"))) {
            JsonNode exchange = new Json().tree(line).orElseThrow();
            write(new Json().write(exchange.path("body")), Bytes.utf8(line));
        }
        assertAllReadBack("");
    }

    @Test
    void everyRecordedStreamAndDocument() throws Exception {
        try (Stream<Path> files = Files.walk(Corpora.require("anthropic-sse").getParent())) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Bytes content = Bytes.wrap(Files.readAllBytes(file));
                write(content, content);
            }
        }
        assertAllReadBack("");
    }

    private void write(Bytes request, Bytes answer) throws InterruptedException {
        SampleExchange exchange = SampleExchange.now();
        written.add(new Written(exchange, request, answer));
        exchange.writeAll(store.writer(), request, answer);
        if (written.size() % 10 == 0 || request.length() > 1 << 20) {
            assertThat(store.writer().flush(Duration.ofSeconds(60))).isTrue();
        }
    }

    private void reopen() {
        close();
        open();
    }

    private void assertAllReadBack(String seed) throws Exception {
        assertThat(store.writer().flush(Duration.ofSeconds(60))).isTrue();
        assertThat(store.writer().health().droppedBodies()).isZero();
        Map<String, Bytes> wrong = new LinkedHashMap<>();
        for (int i = 0; i < written.size(); i++) {
            Written each = written.get(i);
            Bytes request =
                    read(store.reader().requestBody(each.exchange().id()).orElseThrow());
            Bytes answer =
                    read(store.reader().responseBody(each.exchange().id()).orElseThrow());
            if (!request.equals(each.request()) || !answer.equals(each.answer())) {
                wrong.put("exchange " + i, each.request());
            }
        }
        assertThat(wrong).as(seed).isEmpty();
    }

    private static Bytes anything(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> java.util.Arrays.fill(bytes, (byte) random.nextInt());
            case 2 -> {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) "{}[]\",:\\n cache_control".charAt(random.nextInt(23));
                }
            }
            default -> {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) ('a' + (i / 97 + i % 13) % 26);
                }
            }
        }
        return Bytes.wrap(bytes);
    }

    private static Bytes spoilt(Bytes body, Random random) {
        byte[] bytes = body.toByteArray();
        for (int i = random.nextInt(5); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:\\\u0000\u00ff".charAt(random.nextInt(10));
        }
        int from = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 0;
        int to = random.nextInt(4) == 0 ? from + random.nextInt(bytes.length - from + 1) : bytes.length;
        return Bytes.wrap(bytes, from, to - from);
    }

    private static Bytes read(StoredBody body) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return Bytes.wrap(bytes.toByteArray());
    }
}
