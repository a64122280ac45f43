package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever happens to the database, what passes the proxy is untouched, and recording recovers by itself. */
class StoreFaultsTest {

    /** Does not compress. */
    private static final Bytes NOISE = noise();

    @TempDir
    private Path folder;

    private FakeUpstream upstream;
    private @Nullable Path mounted;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start((request, reply) -> reply.whole("200 OK", request.body()));
    }

    @AfterEach
    void stop() throws Exception {
        upstream.close();
        if (mounted != null) {
            run("umount", mounted.toString());
        }
    }

    @Test
    void lockedByAnotherProcess() throws Exception {
        try (ProxyUnderTest proxy = proxy(folder)) {
            assertPassesAndIsKept(proxy);
            Process other = LockingProcess.start(database(folder));
            try {
                assertPasses(proxy, 3);
                awaitState(proxy, "degraded");
                assertPasses(proxy, 3);
            } finally {
                other.getOutputStream().close();
            }

            awaitRecovery(proxy);
            assertNoExchangeIsMissing(proxy);
        }
    }

    @Test
    void deletedWhileInUse() throws Exception {
        try (LoggedLines log = LoggedLines.of("dev.ccproxy.storage.jdbc.CommitLadder");
                ProxyUnderTest proxy = proxy(folder)) {
            assertPassesAndIsKept(proxy);
            for (String part : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(database(folder) + part));
            }

            assertPasses(proxy, 2);

            awaitRecovery(proxy);
            assertThat(log.await("store=replaced")).startsWith("ERROR");
        }
    }

    /** As root no file is read-only, so a read-only file system is laid over the folder. */
    @Test
    void readOnlyForAWhile() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ProxyUnderTest proxy = proxy(data)) {
            assertPassesAndIsKept(proxy);
            mount(data, "ro,size=1m");

            assertPasses(proxy, 3);
            awaitState(proxy, "degraded");
            assertPasses(proxy, 3);

            unmount();
            awaitRecovery(proxy);
            assertNoExchangeIsMissing(proxy);
        }
    }

    @Test
    void onAFullDisk() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        mount(data, "size=16m");
        try (ProxyUnderTest proxy = proxy(data)) {
            assertPassesAndIsKept(proxy);
            Path filler = data.resolve("filler");
            fill(filler);

            assertPasses(proxy, 20);
            awaitState(proxy, "degraded");

            Files.delete(filler);
            awaitRecovery(proxy);
            assertNoExchangeIsMissing(proxy);
        }
    }

    @Test
    void corruptAtStart() throws Exception {
        Files.writeString(database(folder), "this is no database".repeat(1_000));
        try (LoggedLines log = LoggedLines.of("dev.ccproxy.storage.jdbc.DatabaseFile");
                ProxyUnderTest proxy = proxy(folder)) {
            assertThat(log.await("store=corrupt")).startsWith("ERROR").contains(".corrupt-");
            assertThat(folder)
                    .isDirectoryContaining(file -> file.getFileName().toString().startsWith("requests.db.corrupt-"));
            assertPassesAndIsKept(proxy);
        }
    }

    private ProxyUnderTest proxy(Path data) throws Exception {
        return ProxyUnderTest.to(upstream, "storage.db_path", database(data).toString());
    }

    private static Path database(Path data) {
        return data.resolve("requests.db");
    }

    private static void assertPasses(ProxyUnderTest proxy, int times) throws IOException {
        try (RawClient client = proxy.client()) {
            for (int i = 0; i < times; i++) {
                RawClient.Received answer = client.post("/v1/messages", NOISE).read();
                assertThat(answer.head().status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(NOISE);
            }
        }
    }

    private static void assertPassesAndIsKept(ProxyUnderTest proxy) throws IOException {
        assertPasses(proxy, 1);
        JsonNode exchange = proxy.recorded().awaitEnded();
        assertThat(proxy.recorded().requestBody(exchange.get("id").asString())).isEqualTo(NOISE);
    }

    private static void awaitState(ProxyUnderTest proxy, String state) {
        Patience.untilPasses(() -> {
            assertThat(recording(proxy).get("state").asString()).isEqualTo(state);
            return state;
        });
    }

    /** Until a new exchange is kept with its bodies. */
    private static void awaitRecovery(ProxyUnderTest proxy) {
        Patience.untilPasses(() -> {
            try {
                assertPasses(proxy, 1);
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
            List<JsonNode> all = proxy.recorded().list();
            assertThat(all).isNotEmpty();
            String latest = all.getLast().get("id").asString();
            assertThat(proxy.recorded().requestBody(latest)).isEqualTo(NOISE);
            assertThat(proxy.recorded().responseBody(latest)).isEqualTo(NOISE);
            return latest;
        });
    }

    /** Bodies may be: that is counted. */
    private void assertNoExchangeIsMissing(ProxyUnderTest proxy) {
        Patience.untilPasses(() -> assertThat(proxy.recorded().list())
                .hasSize(upstream.requests().size())
                .noneMatch(exchange -> exchange.get("outcome").asString().equals("running")));
    }

    private static JsonNode recording(ProxyUnderTest proxy) {
        try (RawClient client = proxy.client()) {
            return JsonMapper.shared()
                    .readTree(client.get("/livez").read("GET").text())
                    .get("recording");
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private void mount(Path point, String options) throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", options, "tmpfs", point.toString()),
                "a disk fault needs the right to mount a tmpfs");
        mounted = point;
    }

    private void unmount() throws Exception {
        assertThat(run("umount", String.valueOf(mounted))).isTrue();
        mounted = null;
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static void fill(Path filler) {
        try (var out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(filler).exists();
        }
    }

    private static Bytes noise() {
        byte[] noise = new byte[300_000];
        new Random(3).nextBytes(noise);
        return Bytes.wrap(noise);
    }
}
