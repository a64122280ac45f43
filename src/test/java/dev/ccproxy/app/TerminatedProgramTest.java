package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProgramUnderTest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.RecordedExchanges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** SIGTERM: what runs is finished, what came is served for the grace, everything is written down, and the exit is clean. */
class TerminatedProgramTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aStreamInTheMiddleIsFinishedAndRecorded() throws Exception {
        CountDownLatch leaving = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk("data: 1\n\n");
                    if (request.head().target().equals("/v1/old")) {
                        reply.pauseUntil(leaving);
                    }
                    reply.chunk("data: 2\n\n").lastChunk();
                });
                ProgramUnderTest program = ProgramUnderTest.start(folder, upstream.uri(), "--server.drain.grace=2s");
                RawClient old = program.client()) {
            MessageHead head = old.post("/v1/old", "{}").readHead();
            old.readUntil("data: 1\n\n\r\n");

            program.terminate();
            awaitUnhealthy(program);
            try (RawClient late = program.client()) {
                assertThat(late.post("/v1/late", "{}").read().text()).isEqualTo("data: 1\n\ndata: 2\n\n");
            }
            leaving.countDown();

            assertThat(old.readBody(head, "POST").ending()).isEqualTo(Ending.WHOLE);
            assertThat(program.awaitExit(SOON)).isZero();
        }
        assertRecorded("completed", "data: 1\n\ndata: 2\n\n", 2);
    }

    @Test
    void aSecondSignalCutsWhatIsLeft() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.stream().chunk("data: 1\n\n"));
                ProgramUnderTest program = ProgramUnderTest.start(folder, upstream.uri());
                RawClient client = program.client()) {
            MessageHead head = client.post("/v1/endless", "{}").readHead();
            Bytes first = client.readSome();

            program.terminate();
            awaitUnhealthy(program);
            program.terminate();

            assertThat(first.utf8()).contains("data: 1");
            assertThat(client.readBody(head, "POST").ending()).isNotEqualTo(Ending.WHOLE);
            assertThat(program.awaitExit(SOON)).isZero();
        }
        assertRecorded("drained", "data: 1\n\n", 1);
    }

    private static void awaitUnhealthy(ProgramUnderTest program) {
        Patience.untilPasses(() -> {
            try (RawClient client = program.client()) {
                RawClient.Received answer = client.get("/health").read("GET");
                assertThat(answer.head().status()).isEqualTo(503);
                return answer;
            } catch (IOException gone) {
                throw new AssertionError(gone);
            }
        });
    }

    private void assertRecorded(String outcome, String answer, int count) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest reader = ProxyUnderTest.to(
                        upstream,
                        "storage.db_path",
                        ProgramUnderTest.database(folder).toString())) {
            RecordedExchanges recorded = reader.recorded();
            assertThat(recorded.list()).hasSize(count);
            for (JsonNode line : recorded.list()) {
                assertThat(line.get("outcome").asString()).isEqualTo(outcome);
                assertThat(recorded.responseBody(line.get("id").asString()).utf8())
                        .isEqualTo(answer);
            }
        }
    }
}
