package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.AnthropicScript;
import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawTap;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the proxy tries again, and what it makes of a request for one whole answer, is not noticed by the real client. */
class ClientRetriesTest {

    private final ClaudeCode claude = ClaudeCode.installed();
    private final ExecutorService elsewhere = Executors.newVirtualThreadPerTaskExecutor();
    private ClaudeWorkplace workplace;

    @BeforeEach
    void start() throws IOException {
        workplace = ClaudeWorkplace.create();
    }

    @AfterEach
    void close() {
        elsewhere.close();
        workplace.close();
    }

    @Test
    void anUpstreamThatComesBackMeanwhileIsReachedWithoutARetryOfTheClient() throws Exception {
        int port = freePort();
        try (LoggedLines log = LoggedLines.of("dev.ccproxy.proxy.Repetition");
                ProxyUnderTest proxy = ProxyUnderTest.to(
                        URI.create("http://127.0.0.1:" + port), "providers.anthropic.max_retries", "10");
                RawTap before = RawTap.before(proxy.port())) {
            CompletableFuture<Optional<FakeUpstream>> upstream = CompletableFuture.supplyAsync(
                    () -> {
                        log.await("failed=1");
                        try {
                            return Optional.of(FakeUpstream.startOn(port, ClientRetriesTest::works));
                        } catch (IOException failed) {
                            return Optional.empty();
                        }
                    },
                    elsewhere);
            ClaudeSession.Result result = run(before, "Do it.");

            assertThat(result.output()).isEqualTo("It works.\n");
            assertThat(statuses(before)).containsExactly(200);
            assertThat(detail(proxy, 1, 0)).contains("try 1 failed (cannot reach anthropic", "connection refused");
            upstream.get().orElseThrow().close();
        }
    }

    @Test
    void connectionsThatTheUpstreamHasClosedMeanwhileCostNothing() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    ModelRequest asked = ModelRequest.of(request);
                    AnthropicScript turn = AnthropicScript.message("msg_0Turn" + asked.toolResults(), asked.model());
                    if (asked.toolResults() == 0) {
                        turn.toolUse("toolu_read", "Read", "{\"file_path\":\"README.md\"}").stream(reply);
                    } else {
                        turn.text("It works.").stream(reply);
                    }
                    reply.close();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawTap before = RawTap.before(proxy.port())) {
            ClaudeSession.Result result = run(before, "Do it.", "--allowedTools", "Read");

            assertThat(result.output()).isEqualTo("It works.\n");
            assertThat(statuses(before)).containsExactly(200, 200);
            assertThat(outcomes(proxy, 2)).containsOnly("completed");
        }
    }

    @Test
    void aConfiguredStatusIsTriedAgainBeforeTheClientSeesIt() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    if (request.number() == 1) {
                        AnthropicScript.error(reply, "529 Overloaded", "overloaded_error", "req_0Busy");
                    } else {
                        works(request, reply);
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.retry_statuses", "529");
                RawTap before = RawTap.before(proxy.port())) {
            ClaudeSession.Result result = run(before, "Do it.");

            assertThat(result.output()).isEqualTo("It works.\n");
            assertThat(statuses(before)).containsExactly(200);
            assertThat(upstream.requests()).hasSize(2);
            assertThat(detail(proxy, 1, 0)).contains("try 1 failed (status 529, request-id req_0Busy)");
        }
    }

    @Test
    void theWholeAnswerThatTheClientFallsBackToComesFromAStream() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    if (request.number() == 1) {
                        AnthropicScript.error(reply, "404 Not Found", "not_found_error", "req_0Missing");
                    } else {
                        works(request, reply);
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "providers.anthropic.demote_nonstreaming", "true");
                RawTap before = RawTap.before(proxy.port())) {
            ClaudeSession.Result result = run(before, "Do it.");

            assertThat(result.output()).isEqualTo("It works.\n");
            assertThat(statuses(before)).containsExactly(404, 200);
            assertThat(before.seen().get(1).request().body().utf8()).doesNotContain("\"stream\":true");
            assertThat(before.seen().get(1).response().orElseThrow().head().header("content-type"))
                    .isEqualTo("application/json");
            assertThat(upstream.requests())
                    .extracting(request -> ModelRequest.of(request).streamed())
                    .containsExactly(true, true);
            assertThat(outcomes(proxy, 2)).containsExactly("upstream_error", "completed");
            assertThat(detail(proxy, 2, 1)).contains("sent on with stream set to true", "folded from a stream of");
        }
    }

    private ClaudeSession.Result run(RawTap before, String... arguments) throws Exception {
        return ClaudeSession.print(claude, workplace, before.uri(), Map.of(), arguments);
    }

    private static void works(UpstreamRequest request, Reply reply) throws IOException {
        ModelRequest asked = ModelRequest.of(request);
        AnthropicScript answer =
                AnthropicScript.message("msg_0Works", asked.model()).text("It works.");
        if (asked.streamed()) {
            answer.stream(reply);
        } else {
            answer.whole(reply);
        }
    }

    private static List<Integer> statuses(RawTap before) {
        return before.seen().stream()
                .map(seen -> seen.response().orElseThrow().head().status())
                .toList();
    }

    private static List<String> outcomes(ProxyUnderTest proxy, int exchanges) {
        return proxy.recorded().awaitEnded(exchanges).stream()
                .map(each -> each.get("outcome").asString())
                .toList();
    }

    private static String detail(ProxyUnderTest proxy, int exchanges, int index) {
        JsonNode exchange = proxy.recorded().awaitEnded(exchanges).get(index);
        return proxy.recorded().detail(exchange.get("id").asString()).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
