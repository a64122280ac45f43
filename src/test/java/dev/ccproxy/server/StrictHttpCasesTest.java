package dev.ccproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a strict peer parser calls an error is refused by the running proxy; the upstream sees well-formed requests only. */
class StrictHttpCasesTest {

    /** Where we answer something else than 400, 431 or a closed connection, and why. */
    private static final Map<Integer, String> OTHER_ANSWERS = Map.of(
            403,
                    "CONNECT and Upgrade are well-formed; the peer stops there to let its caller decide, and we refuse both",
            421, "HTTP/1.0 may leave out Host; the peer objects to the second request, we to the first already");

    /** Cases that are no error to us, by title, and why. */
    private static final Map<String, String> ACCEPTED = Map.of(
            "HTTP protocol and ANNOUNCE method",
            "the peer knows ANNOUNCE from another protocol only; to us any token is a method, and nothing else is wrong");

    /** The names that the cases use. */
    private static final String HOSTS = "example.com,www.example.com,github.com,a,foo";

    private record Case(String title, int messages, String input) {

        /** Aimed at what is forwarded, where it would do harm. */
        static Case of(JsonNode node) {
            byte[] raw = Base64.getDecoder().decode(node.get("input_b64").asString());
            String input = new String(raw, StandardCharsets.ISO_8859_1).replaceAll("(?m)^([A-Z]+) /", "$1 /v1/");
            // Where the peer counted otherwise than it read, its count proves nothing.
            int messages = node.path("offsets_verified").asBoolean()
                    ? node.path("messages").asInt()
                    : Integer.MAX_VALUE;
            return new Case(node.path("title").asString(""), messages, input);
        }
    }

    @Test
    void areRefusedAndNothingMalformedReachesTheUpstream() throws Exception {
        List<Case> cases = strictErrors();
        assertThat(cases).hasSizeGreaterThan(50);
        List<String> wrong = new ArrayList<>();
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> reply.json("200 OK", "{}"));
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "server.allowed_hosts", HOSTS)) {
            for (Case each : cases) {
                long before = whole(upstream);
                int status = finalStatus(proxy, each);
                boolean accepted = ACCEPTED.containsKey(each.title());
                boolean refused = status == 0 || status == 400 || status == 431 || OTHER_ANSWERS.containsKey(status);
                long passed = whole(upstream) - before;
                if ((!accepted && !refused) || passed > Math.max(each.messages(), accepted ? 1 : 0)) {
                    wrong.add(each.title() + ": " + status + ", " + passed + " at the upstream");
                }
            }
            assertThat(upstream.requests()).allSatisfy(StrictHttpCasesTest::assertWellFormed);
        }
        assertThat(wrong).isEmpty();
    }

    /** A head may have passed before its body turned out to be malformed: such a request is broken off. */
    private static long whole(FakeUpstream upstream) {
        return upstream.requests().stream().filter(UpstreamRequest::whole).count();
    }

    private static List<Case> strictErrors() throws IOException {
        JsonNode cases = JsonMapper.shared()
                .readTree(Corpora.require("http/llhttp.json"))
                .get("cases");
        return Stream.of(cases.valueStream().toArray(JsonNode[]::new))
                .filter(node -> node.path("type").asString("").startsWith("request"))
                .filter(node -> !node.path("lenient").asBoolean(false) && node.hasNonNull("error"))
                .map(Case::of)
                .toList();
    }

    /** Of the first refusal; 0 where the connection was closed without one. */
    private static int finalStatus(ProxyUnderTest proxy, Case each) throws IOException {
        int status = 0;
        try (RawClient client = proxy.client()) {
            client.send(each.input());
            if (!each.input().contains("\r\n\r\n")) {
                // A head without an end is no error yet: it would be waited for.
                client.send("\r\n\r\n");
            }
            while (status < 400) {
                MessageHead head = client.readHead();
                status = head.status();
                client.readBody(head, "GET");
            }
            return status;
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError(each + " is neither answered nor closed", hangs);
        } catch (EOFException | SocketException closed) {
            return status;
        }
    }

    private static void assertWellFormed(UpstreamRequest request) {
        MessageHead head = request.head();
        assertThat(head.startLine()).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+ /[!-~]* HTTP/1\\.1");
        assertThat(head.lines())
                .allSatisfy(
                        line -> assertThat(line).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t\\x20-\\x7E\\x80-\\xFF]*"));
        assertThat(head.headers().all("host")).hasSize(1);
        assertThat(head.headers().contains("content-length") && head.headers().contains("transfer-encoding"))
                .isFalse();
    }
}
