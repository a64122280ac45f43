package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProgramUnderTest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.RecordedExchanges;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * SIGKILL of the whole program while clients keep it busy: nothing that ended more than a second before is lost, what ran
 * is told as interrupted, and the store opens cleanly.
 */
class KilledProgramTest {

    private static final int CLIENTS = 8;
    private static final int ENDLESS = 3;

    /** The load lasts until so many have ended longer than {@link #KEPT_AFTER} ago. */
    private static final int ENOUGH = 100;

    private static final Duration KEPT_AFTER = Duration.ofSeconds(1);

    /** Between two requests of a client: some 200 exchanges of 40 KB a second. */
    private static final Duration PAUSE = Duration.ofMillis(30);

    @TempDir
    Path folder;

    private final Map<String, Long> endedNanos = new ConcurrentHashMap<>();

    @Test
    void whatEndedASecondBeforeIsThereAndWhatRanIsInterrupted() throws Exception {
        long killedNanos;
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk("data: begin\n\n");
                    if (!request.head().target().startsWith("/v1/endless")) {
                        reply.chunk(answer(request.head().target())).lastChunk();
                    }
                });
                ProgramUnderTest program = ProgramUnderTest.start(folder, upstream.uri())) {
            List<RawClient> endless = new ArrayList<>();
            for (int i = 0; i < ENDLESS; i++) {
                endless.add(program.client());
                endless.get(i).post("/v1/endless/" + i, "{}").readUntil("begin");
            }
            CountDownLatch gone = new CountDownLatch(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                Thread.ofVirtual().start(() -> askUntilItIsGone(program, number, gone));
            }
            Patience.untilPasses(
                    () -> assertThat(endedBefore(System.nanoTime())).hasSizeGreaterThan(ENOUGH));
            program.kill();
            killedNanos = System.nanoTime();
            Patience.await(gone);
            for (RawClient client : endless) {
                client.close();
            }
        }
        assertRecorded(endedBefore(killedNanos));
        assertIntact();
    }

    private void askUntilItIsGone(ProgramUnderTest program, int number, CountDownLatch gone) {
        try (RawClient client = program.client()) {
            for (int i = 0; true; i++) {
                String target = "/v1/load/" + number + "/" + i;
                client.post(target, request(target)).readUntil("end of " + target + "\n\n\r\n0\r\n\r\n");
                endedNanos.put(target, System.nanoTime());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException killed) {
            gone.countDown();
        }
    }

    private List<String> endedBefore(long nowNanos) {
        return endedNanos.entrySet().stream()
                .filter(ended -> nowNanos - ended.getValue() > KEPT_AFTER.toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void assertRecorded(List<String> kept) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest reader = ProxyUnderTest.to(
                        upstream,
                        "storage.db_path",
                        ProgramUnderTest.database(folder).toString())) {
            RecordedExchanges recorded = reader.recorded();
            Map<String, JsonNode> byPath = recorded.list().stream()
                    .collect(Collectors.toMap(line -> line.get("path").asString(), Function.identity()));
            List<String> lost = new ArrayList<>();
            for (String target : kept) {
                if (!isWhole(recorded, byPath.get(target), target)) {
                    lost.add(target + ": " + byPath.get(target));
                }
            }
            assertThat(lost).as("of %d", kept.size()).isEmpty();
            for (int i = 0; i < ENDLESS; i++) {
                JsonNode endless = Objects.requireNonNull(byPath.get("/v1/endless/" + i), "endless " + i);
                assertThat(endless.get("outcome").asString()).isEqualTo("interrupted");
            }
            assertThat(byPath.values())
                    .extracting(line -> line.get("outcome").asString())
                    .containsOnly("completed", "interrupted");
        }
    }

    private static boolean isWhole(RecordedExchanges recorded, @Nullable JsonNode line, String target) {
        if (line == null || !line.get("outcome").asString().equals("completed")) {
            return false;
        }
        String id = line.get("id").asString();
        return recorded.requestBody(id).utf8().equals(request(target))
                && recorded.responseBody(id).utf8().equals("data: begin\n\n" + answer(target));
    }

    private void assertIntact() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ProgramUnderTest.database(folder));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    private static String request(String target) {
        return ("{\"asks\":\"" + target + "\"}").repeat(1500);
    }

    private static String answer(String target) {
        return "data: " + target + "\n\n".repeat(100) + "data: end of " + target + "\n\n";
    }
}
