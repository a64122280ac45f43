package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.LoggedLines;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What could not be forwarded leaves a line for people and one of key=value for programs. */
class ForwardFailureLogTest {

    private static final String QUESTION =
            "{\"model\":\"claude-opus-5-5\",\"stream\":true,\"thinking\":{\"type\":\"adaptive\"},\"messages\":[]}";
    private static final String FACTS = " model=claude-opus-5-5 stream=true body_bytes=" + QUESTION.length()
            + " has_thinking=true anthropic_beta=context-1m,thinking-2 query=beta=true ";

    private final LoggedLines log = LoggedLines.of(ForwardFailure.class.getName());

    @AfterEach
    void detach() {
        log.close();
    }

    @Test
    void aBadGatewayIsExplained() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.close());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            RawClient.Received answer = ask(client, "/v1/messages?beta=true").read();

            assertThat(log.await("request_id="))
                    .startsWith("WARN request_id=" + answer.exchangeId() + FACTS + "elapsed=")
                    .endsWith("ms ctx_err=-");
            assertThat(log.all()).hasSize(2);
            assertThat(log.all().getFirst())
                    .isEqualTo("WARN POST /v1/messages was not carried to its end:"
                            + " upstream anthropic closed the connection before the answer was whole");
        }
    }

    @Test
    void aGatewayTimeoutNamesOurLimit() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy =
                        ProxyUnderTest.to(upstream, "providers.anthropic.response_header_timeout", "200ms");
                RawClient client = proxy.client()) {
            RawClient.Received answer = ask(client, "/v1/messages?beta=true").read();

            assertThat(log.await("request_id="))
                    .startsWith("WARN request_id=" + answer.exchangeId() + FACTS)
                    .endsWith(" ctx_err=upstream_timeout");
        }
    }

    @Test
    void aBreakInTheAnswerIsExplained() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    reply.stream().chunk("data: 1\n\n").pauseUntil(seen);
                    reply.reset();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            MessageHead head = ask(client, "/v1/messages?beta=true").readHead();
            seen.countDown();
            client.readBody(head, "POST");

            assertThat(log.await("request_id=")).contains(FACTS).endsWith(" ctx_err=-");
        }
    }

    @Test
    void aClientThatGaveUpWaitingIsToldApart() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            try (RawClient client = proxy.client()) {
                ask(client, "/v1/messages?beta=true");
                upstream.awaitRequest().body();
            }

            assertThat(log.await("request_id="))
                    .startsWith("INFO ")
                    .contains(FACTS)
                    .endsWith(" ctx_err=client_left");
        }
    }

    @Test
    void aClientThatStopsAnAnswerIsNoFailure() throws Exception {
        try (FakeUpstream upstream =
                        FakeUpstream.start((request, reply) -> reply.stream().chunk("data: 1\n\n"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            try (RawClient client = proxy.client()) {
                ask(client, "/v1/messages").readUntil("data: 1");
            }

            assertThat(proxy.recorded().awaitEnded().get("outcome").asString()).isEqualTo("client_left");
            assertThat(log.all()).isEmpty();
        }
    }

    @Test
    void credentialsAndLineBreaksOfTheRequestDoNotReachTheLog() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.close());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream);
                RawClient client = proxy.client()) {
            client.post("/v1/messages?api_key=sk-secret", "{\"model\":\"a\\nrequest_id=b \\\"c\\\"\"}")
                    .read();

            assertThat(log.await("request_id="))
                    .contains(" model=\"a\\u000arequest_id=b \\\"c\\\"\" stream=- ")
                    .contains(" has_thinking=false anthropic_beta=- query=api_key=hmac:")
                    .doesNotContain("sk-secret");
        }
    }

    @Test
    void aBodyThatCouldNotBeRecordedStillLeavesTheLine() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.close());
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "storage.record.max_body_bytes", "10");
                RawClient client = proxy.client()) {
            RawClient.Received answer = ask(client, "/v1/messages?beta=true").read();

            assertThat(log.await("request_id="))
                    .startsWith("WARN request_id=" + answer.exchangeId() + " model=- stream=- body_bytes="
                            + QUESTION.length() + " has_thinking=- ");
        }
    }

    private static RawClient ask(RawClient client, String target) throws Exception {
        return client.timeout(Patience.DEFAULT)
                .post(target, QUESTION, "anthropic-beta: context-1m", "anthropic-beta: thinking-2");
    }
}
