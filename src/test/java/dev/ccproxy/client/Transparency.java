package dev.ccproxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.RawTap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The promise: behind the proxy the same bytes as before it, but for {@code Host}, hop-by-hop headers and framing. */
final class Transparency {

    private static final Set<String> MAY_DIFFER = Set.of("host", "connection", "keep-alive", "transfer-encoding");

    private Transparency() {}

    /** Every exchange of the run passed unchanged, both ways, and was recorded with the body that was sent. */
    static void assertNothingChanged(ClientRun run) {
        List<RawTap.Seen> behind = new ArrayList<>(run.behind());
        for (RawTap.Seen before : run.before()) {
            RawTap.Seen partner = behind.stream()
                    .filter(each ->
                            each.request().body().equals(before.request().body()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "never forwarded: " + before.request().head().text()));
            behind.remove(partner);
            assertSameRequest(before.request(), partner.request());
            assertSameResponse(before, partner);
        }
        assertThat(behind).as("requests that the client never sent").isEmpty();
        assertThat(run.recorded())
                .extracting(ClientRun.Recorded::requestBody)
                .containsExactlyInAnyOrderElementsOf(
                        run.before().stream().map(seen -> seen.request().body()).toList());
    }

    /** The client went the same way with the proxy as without it. */
    static void assertSameCourse(ClientRun proxied, ClientRun direct) {
        assertThat(SentRequests.of(proxied)).containsExactlyElementsOf(SentRequests.of(direct));
        assertThat(proxied.transcriptRequestIds()).isEqualTo(direct.transcriptRequestIds());
        assertSameResult(proxied, direct);
    }

    /** The same where agents run side by side: each sent the same requests; which agent came first is chance. */
    static void assertSameCourseOfEach(ClientRun proxied, ClientRun direct) {
        assertThat(SentRequests.of(proxied)).containsExactlyInAnyOrderElementsOf(SentRequests.of(direct));
        assertThat(proxied.transcriptRequestIds()).containsExactlyInAnyOrderElementsOf(direct.transcriptRequestIds());
        assertSameResult(proxied, direct);
    }

    private static void assertSameResult(ClientRun proxied, ClientRun direct) {
        assertThat(proxied.result().exitCode()).isEqualTo(direct.result().exitCode());
        assertThat(withoutPort(proxied.result().output()))
                .isEqualTo(withoutPort(direct.result().output()));
        assertThat(proxied.statuses()).isEqualTo(direct.statuses());
        assertThat(proxied.recorded("sessionId")).containsOnly(ClaudeSession.SESSION_ID);
    }

    private static String withoutPort(String output) {
        return output.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1");
    }

    private static void assertSameRequest(RawTap.Message before, RawTap.Message behind) {
        assertThat(behind.head().startLine()).isEqualTo(before.head().startLine());
        assertThat(lines(behind.head())).containsExactlyElementsOf(lines(before.head()));
        assertThat(names(behind.head(), "host")).isEqualTo(names(before.head(), "host"));
        assertThat(behind.body()).isEqualTo(before.body());
    }

    private static void assertSameResponse(RawTap.Seen before, RawTap.Seen behind) {
        if (behind.response().isEmpty()) {
            assertThat(before.response().map(own -> own.head().status()))
                    .as("an upstream that gave no answer")
                    .isNotEqualTo(java.util.Optional.of(200));
            return;
        }
        RawTap.Message sent = behind.response().get();
        RawTap.Message got = before.response().orElseThrow(() -> new AssertionError("an answer was lost"));
        assertThat(got.head().startLine()).isEqualTo(sent.head().startLine());
        assertThat(lines(got.head())).containsExactlyElementsOf(lines(sent.head()));
        assertThat(got.body()).isEqualTo(sent.body());
        assertThat(got.ending() == Ending.WHOLE).isEqualTo(sent.ending() == Ending.WHOLE);
    }

    private static List<String> lines(MessageHead head) {
        return head.lines().stream()
                .filter(line -> !MAY_DIFFER.contains(name(line)))
                .toList();
    }

    private static List<String> names(MessageHead head, String name) {
        return head.headers().lines().stream()
                .filter(line -> line.is(name))
                .map(line -> line.name())
                .toList();
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
