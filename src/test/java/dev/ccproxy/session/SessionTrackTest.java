package dev.ccproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.MessageFacts;
import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTrackTest {

    private static final String AGENT = "a0123456789abcdef";
    private static final String FIRST = user("<system-reminder>rules</system-reminder>", "Fix the build.");
    private static final String CALLS = answer("\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Agent\",\"input\":"
            + "{\"description\":\"Look\",\"subagent_type\":\"code-reviewer\",\"prompt\":\"Review it.\"}");
    private static final String NAMED = result("toolu_1", "Async agent launched.\\nagentId: " + AGENT + " (internal)");

    private SessionTrack track = new SessionTrack(SessionMemory.NONE);

    @Test
    void aTurnBeginsWithEachPromptAndOnlyThere() {
        SessionTrack.Placed first = ofMain(FIRST);
        assertThat(first.news().turn()).isEqualTo(new Turn(1, null, "Fix the build."));
        assertThat(first.news().title()).isEqualTo("Fix the build.");
        assertThat(turn(ofMain(FIRST, answer("\"type\":\"text\",\"text\":\"x\""), result("toolu_9", "ok"))))
                .isEqualTo(1);
        assertThat(turn(asked(Kind.TITLE, null, "{}"))).isEqualTo(1);
        assertThat(turn(asked(Kind.COMPACTION, null, body(FIRST, user("CRITICAL: Respond with TEXT ONLY")))))
                .isEqualTo(1);
        SessionTrack.Placed second = ofMain(FIRST, answer("\"type\":\"text\",\"text\":\"x\""), user("And the tests."));
        assertThat(Objects.requireNonNull(second.news().turn()).prompt()).isEqualTo("And the tests.");
        assertThat(turn(second)).isEqualTo(2);
        assertThat(second.news().title()).isNull();
    }

    @Test
    void aPromptThatIsSentAgainBeginsNoTurn() {
        ofMain(FIRST);
        asked(Kind.TITLE, null, "{}");
        end(Outcome.UPSTREAM_ERROR, 529);
        SessionTrack.Placed again = ofMain(FIRST);
        assertThat(again.place().attempt()).isEqualTo(2);
        assertThat(again.place().reason()).isEqualTo(AttemptReason.RETRY);
        assertThat(turn(again)).isEqualTo(1);
        assertThat(again.news().turn()).isNull();
    }

    @Test
    void theHintOfThePromptDecides() {
        track.asked(asking(Kind.MAIN, null, body(FIRST), "p1", null));
        track.asked(asking(
                Kind.MAIN, null, body(FIRST, answer("\"type\":\"text\",\"text\":\"x\""), user("b")), "p2", null));
        SessionTrack.Placed late = track.asked(asking(Kind.SUBAGENT, AGENT, body(user("Review it.")), "p1", null));
        assertThat(turn(late)).as("started by the first prompt").isEqualTo(1);
    }

    @Test
    void aSubagentIsNamedByTheCallThatAsksTheSameAndThenByTheResult() {
        ofMain(FIRST);
        answered(CALLS);
        SessionTrack.Placed child = asked(Kind.SUBAGENT, AGENT, body(user("<system-reminder>x", "Review it.\\n")));
        assertThat(child.news().names())
                .containsExactly(new AgentName(AGENT, "code-reviewer", NameSource.PROMPT, "toolu_1"));
        assertThat(track.labels(AGENT).agent()).isEqualTo("code-reviewer");

        SessionTrack.Placed parent = ofMain(FIRST, CALLS, NAMED);
        assertThat(parent.news().names())
                .containsExactly(new AgentName(AGENT, "code-reviewer", NameSource.EXACT, "toolu_1"));
        assertThat(parent.news().calls()).extracting(AgentCall::agentId).containsExactly(AGENT);
    }

    @Test
    void aResultThatComesBeforeTheSubagentNamesItToo() {
        ofMain(FIRST);
        answered(CALLS);
        assertThat(ofMain(FIRST, CALLS, NAMED).news().names()).isEmpty();
        assertThat(asked(Kind.SUBAGENT, AGENT, body(user("something else")))
                        .news()
                        .names())
                .containsExactly(new AgentName(AGENT, "code-reviewer", NameSource.EXACT, "toolu_1"));
    }

    @Test
    void aSubagentThatBeganBeforeTheAnswerWasWholeIsNamedThen() {
        ofMain(FIRST);
        asked(Kind.SUBAGENT, AGENT, body(user("Review it.")));
        assertThat(track.labels(AGENT).agent()).isNull();
        assertThat(answered(CALLS).names())
                .containsExactly(new AgentName(AGENT, "code-reviewer", NameSource.PROMPT, "toolu_1"));
    }

    @Test
    void whereTwoTypesAreAskedTheSameNoneIsGuessed() {
        ofMain(FIRST);
        answered(CALLS.replace(
                "}]}",
                "},{"
                        + CALLS.substring(CALLS.indexOf("\"type\""))
                                .replace("toolu_1", "toolu_2")
                                .replace("code-reviewer", "Explore")
                                .replace("]}", "")
                        + "]}"));
        assertThat(asked(Kind.SUBAGENT, AGENT, body(user("Review it."))).news().names())
                .isEmpty();
    }

    @Test
    void theHintNamesAgentsThatAreBuiltIn() {
        ofMain(FIRST);
        assertThat(track.asked(asking(Kind.SUBAGENT, AGENT, body(user("x")), null, "Explore"))
                        .news()
                        .names())
                .containsExactly(new AgentName(AGENT, "Explore", NameSource.HINT, null));
        assertThat(track.asked(asking(Kind.SUBAGENT, "a9", body(user("x")), null, "custom"))
                        .news()
                        .names())
                .isEmpty();
    }

    @Test
    void repetitionsAreToldApart() {
        ofMain(FIRST);
        assertThat(ofMain(FIRST).place().reason()).as("while it runs").isEqualTo(AttemptReason.DOUBLE_SEND);
        end(Outcome.UPSTREAM_ERROR, 404);
        SessionTrack.Placed plain = track.asked(
                new Asking(null, null, Kind.MAIN, conversation(body(FIRST)), null, null, null, "another body", false));
        assertThat(plain.place().reason()).isEqualTo(AttemptReason.FALLBACK);
        assertThat(plain.place().attempt()).isEqualTo(3);
        track.answered(new Ending(null, Kind.MAIN, "another body", Outcome.UPSTREAM_BROKE, 200, List.of(), null));
        SessionTrack.Placed rest = ofMain(FIRST, user("Your response above was cut off mid-stream. Resume directly."));
        assertThat(rest.place().reason()).isEqualTo(AttemptReason.CONTINUATION);
        assertThat(turn(rest)).isEqualTo(1);
        assertThat(rest.group()).isEqualTo(plain.group());
    }

    @Test
    void lessAfterARefusalIsDegraded() {
        ofMain(FIRST);
        end(Outcome.UPSTREAM_ERROR, 400);
        SessionTrack.Placed less = track.asked(
                new Asking(null, null, Kind.MAIN, conversation(body(FIRST)), null, null, null, "without a beta", true));
        assertThat(less.place().reason()).isEqualTo(AttemptReason.DEGRADED);
    }

    @Test
    void aHistoryThatDivergesIsABranch() {
        String said = answer("\"type\":\"text\",\"text\":\"x\"");
        assertThat(ofMain(FIRST).place().divergedAt()).isNull();
        assertThat(ofMain(FIRST, said, user("b")).place().divergedAt()).isNull();
        assertThat(ofMain(FIRST, said, user("c")).place().divergedAt())
                .as("rewound")
                .isEqualTo(2);
        assertThat(ofMain(FIRST, said, user("c"), said, user("d")).place().divergedAt())
                .isNull();
        assertThat(ofMain(user("This session is being continued"), user("d"))
                        .place()
                        .divergedAt())
                .as("compacted")
                .isZero();
    }

    @Test
    void theClientsTitleReplacesTheFirstPrompt() {
        ofMain(FIRST);
        asked(Kind.TITLE, null, "{}");
        SessionNews news = track.answered(new Ending(
                null,
                Kind.TITLE,
                "{}",
                Outcome.COMPLETED,
                200,
                List.of(),
                "{\"title\": \"Repair the \\\"build\\\"\"}"));
        assertThat(news.title()).isEqualTo("Repair the \"build\"");
        assertThat(news.titled()).isTrue();
    }

    @Test
    void aSessionGoesOnWhereTheStoreLeftOff() {
        track = new SessionTrack(new SessionMemory(
                new Turn(4, "p4", "old"),
                "Old",
                true,
                "/p",
                List.of(new SessionMemory.Agent(
                        AGENT, 3, new AgentName(AGENT, "Explore", NameSource.EXACT, "toolu_0"))),
                List.of(new AgentCall(
                        "toolu_1",
                        null,
                        "code-reviewer",
                        "",
                        dev.ccproxy.anthropic.Fingerprint.of("Review it."),
                        4,
                        null))));
        assertThat(turn(track.asked(asking(Kind.MAIN, null, body(FIRST), "p4", null))))
                .isEqualTo(4);
        assertThat(track.labels(AGENT).agent()).isEqualTo("Explore");
        assertThat(asked(Kind.SUBAGENT, "a99", body(user("Review it."))).news().names())
                .containsExactly(new AgentName("a99", "code-reviewer", NameSource.PROMPT, "toolu_1"));
    }

    private static @Nullable Integer turn(SessionTrack.Placed placed) {
        return placed.place().turn();
    }

    private SessionTrack.Placed ofMain(String... messages) {
        return asked(Kind.MAIN, null, body(messages));
    }

    private SessionTrack.Placed asked(Kind kind, @Nullable String agent, String body) {
        return track.asked(asking(kind, agent, body, null, null));
    }

    private static Asking asking(
            Kind kind, @Nullable String agent, String body, @Nullable String promptId, @Nullable String type) {
        return new Asking(agent, null, kind, conversation(body), promptId, type, null, body, true);
    }

    private void end(Outcome outcome, int status) {
        track.answered(new Ending(null, Kind.MAIN, body(FIRST), outcome, status, List.of(), null));
    }

    private SessionNews answered(String message) {
        return track.answered(new Ending(null, Kind.MAIN, body(FIRST), Outcome.COMPLETED, 200, calls(message), null));
    }

    private static List<ToolCall> calls(String message) {
        return MessageFacts.ofJson(Bytes.utf8(message.replaceFirst("\\{", "{\"type\":\"message\",")))
                .calls();
    }

    private static Conversation conversation(String body) {
        return RequestFacts.of(Bytes.utf8(body)).orElseThrow().conversation();
    }

    private static String body(String... messages) {
        return "{\"messages\":[" + String.join(",", messages) + "]}";
    }

    private static String user(String... texts) {
        return "{\"role\":\"user\",\"content\":["
                + String.join(
                        ",",
                        java.util.Arrays.stream(texts)
                                .map(text -> "{\"type\":\"text\",\"text\":\"" + text + "\"}")
                                .toList())
                + "]}";
    }

    private static String answer(String block) {
        return "{\"role\":\"assistant\",\"content\":[{" + block + "}]}";
    }

    private static String result(String call, String text) {
        return "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + call
                + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]}";
    }
}
