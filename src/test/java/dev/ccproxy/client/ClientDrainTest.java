package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProgramUnderTest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy is told to end while the real client is in the middle of an answer: it gets the rest of it. */
class ClientDrainTest {

    private static final String SENTENCE = "A sentence that began before the signal and ended after it.";

    @TempDir
    Path folder;

    @Test
    void theClientGetsTheWholeAnswerAndTheProxyEndsCleanly() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch leaving = new CountDownLatch(1);
        ClientBench.Model model = (request, reply) -> {
            AnthropicScript script =
                    AnthropicScript.message("msg_0Drain", request.model()).text(SENTENCE);
            List<String> events = script.events();
            reply.stream(script.headerLines());
            for (String event : events.subList(0, events.size() / 2)) {
                reply.chunk(event);
            }
            half.countDown();
            reply.pauseUntil(leaving);
            for (String event : events.subList(events.size() / 2, events.size())) {
                reply.chunk(event);
            }
            reply.lastChunk();
        };
        try (ClaudeWorkplace workplace = ClaudeWorkplace.create();
                FakeUpstream upstream = ClientBench.start(model);
                ProgramUnderTest program = ProgramUnderTest.start(folder, upstream.uri(), "--server.drain.grace=1s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ClaudeCode claude = ClaudeCode.installed();
            Future<ClaudeSession.Result> run =
                    threads.submit(() -> ClaudeSession.print(claude, workplace, program.uri(), "Go on."));
            Patience.await(half);

            program.terminate();
            awaitUnhealthy(program);
            leaving.countDown();

            assertThat(run.get()).isEqualTo(new ClaudeSession.Result(0, SENTENCE + "\n"));
            assertThat(program.awaitExit(Duration.ofSeconds(30))).isZero();
        }
        try (FakeUpstream none = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest reader = ProxyUnderTest.to(
                        none,
                        "storage.db_path",
                        ProgramUnderTest.database(folder).toString())) {
            assertThat(reader.recorded().awaitEnded().get("outcome").asString()).isEqualTo("completed");
        }
    }

    private static void awaitUnhealthy(ProgramUnderTest program) {
        Patience.untilPasses(() -> {
            try (RawClient client = program.client()) {
                assertThat(client.get("/health").read("GET").head().status()).isEqualTo(503);
                return program;
            } catch (IOException gone) {
                throw new AssertionError(gone);
            }
        });
    }
}
