package dev.ccproxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestFactsTest {

    private static final String CLAUDE_CODE = """
            {"model":"claude-opus-5-5","messages":[
              {"role":"user","content":[
                {"type":"text","text":"<system-reminder>\\nread this</system-reminder>"},
                {"type":"text","text":"fix the \\"build\\""},
                {"type":"text","text":"<system-reminder>later</system-reminder>"}]},
              {"role":"system","content":"environment","output_config":{}},
              {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"Read","input":{"text":"no"}}]},
              {"content":[{"type":"tool_result","content":[{"type":"text","text":"inner"}]},
                          {"text":"and the tests","type":"text"}],"role":"user"}],
             "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1.330.abc; cc_entrypoint=cli; cc_is_subagent=true;"},
                       {"type":"text","text":"You are."}],
             "tools":[{"name":"a"},{"name":"b","input_schema":{"tools":[1,2,3]}}],
             "metadata":{"user_id":"{\\"device_id\\":\\"d\\",\\"account_uuid\\":\\"\\",\\"session_id\\":\\"8a6e0804-2bd0-4672-b79d-d97027f9071a\\"}"},
             "max_tokens":128000,"thinking":{"type":"adaptive"},"output_config":{"effort":"medium"},"stream":true}
            """;

    @Test
    void aRequestOfClaudeCodeIsUnderstood() {
        RequestFacts facts = facts(CLAUDE_CODE);

        assertThat(facts.model()).isEqualTo("claude-opus-5-5");
        assertThat(facts.stream()).isTrue();
        assertThat(facts.maxTokens()).isEqualTo(128_000);
        assertThat(facts.hasThinking()).isTrue();
        assertThat(facts.hasOutputFormat()).isFalse();
        assertThat(facts.tools()).isEqualTo(2);
        assertThat(facts.systemBlocks()).isEqualTo(2);
        assertThat(facts.sessionId()).isEqualTo("8a6e0804-2bd0-4672-b79d-d97027f9071a");
        assertThat(facts.firstUserText()).isEqualTo("fix the \"build\"");
        assertThat(facts.lastUserText()).isEqualTo("and the tests");
        assertThat(facts.attribution()).contains(new Attribution("2.1.330.abc", "cli", true));
    }

    @Test
    void aPromptOfNothingButRemindersIsTheLastOfThem() {
        RequestFacts facts = facts("{\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"<system-reminder>a\"},"
                + "{\"type\":\"text\",\"text\":\"\\u003csystem-reminder>b\"}]}]}");

        assertThat(facts.firstUserText()).isEqualTo("<system-reminder>b");
        assertThat(facts.lastUserText()).isEqualTo("<system-reminder>b");
    }

    @Test
    void ofALongTextTheBeginningIsKept() {
        RequestFacts facts = facts("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "é\\n".repeat(1_000) + "\"}]}");

        assertThat(facts.lastUserText()).isEqualTo("é\n".repeat(RequestFacts.MOST_TEXT_CHARS / 2));
    }

    @Test
    void aPlainRequestOfAnotherClientIsUnderstood() {
        RequestFacts facts = facts(
                "{\"model\":\"m\",\"system\":\"be kind\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false,"
                        + "\"stop_sequences\":[\"</severity>\",\"b\"],\"output_config\":{\"format\":{\"type\":\"json_schema\"}}}");

        assertThat(facts.stream()).isFalse();
        assertThat(facts.systemBlocks()).isEqualTo(1);
        assertThat(facts.firstSystemText()).isEqualTo("be kind");
        assertThat(facts.firstUserText()).isEqualTo("hello");
        assertThat(facts.lastUserText()).isEqualTo("hello");
        assertThat(facts.stopSequences()).containsExactly("</severity>", "b");
        assertThat(facts.hasOutputFormat()).isTrue();
        assertThat(facts.attribution()).isEmpty();
        assertThat(facts.sessionId()).isNull();
    }

    @Test
    void theOlderFormOfTheUserIdHoldsTheSessionToo() {
        assertThat(facts(
                                "{\"metadata\":{\"user_id\":\"user_ab_account_cd_session_8a6e0804-2bd0-4672-b79d-d97027f9071a\"}}")
                        .sessionId())
                .isEqualTo("8a6e0804-2bd0-4672-b79d-d97027f9071a");
        assertThat(facts("{\"metadata\":{\"user_id\":\"somebody\"}}").sessionId())
                .isNull();
    }

    @Test
    void membersOfOtherShapesSayNothing() {
        RequestFacts facts = facts(
                "{\"model\":7,\"stream\":\"yes\",\"max_tokens\":\"many\",\"messages\":{\"role\":\"user\"},"
                        + "\"system\":[null,3],\"tools\":{},\"metadata\":[],\"thinking\":null,\"output_config\":[],\"stop_sequences\":1}");
        assertThat(facts.model()).isNull();
        assertThat(facts.stream()).isNull();
        assertThat(facts.maxTokens()).isEqualTo(-1);
        assertThat(facts.hasThinking()).isFalse();
        assertThat(facts.tools()).isZero();
        assertThat(facts.firstUserText()).isNull();
        assertThat(facts.systemBlocks()).isEqualTo(2);
    }

    @Test
    void theLastOfARepeatedNameCounts() {
        assertThat(facts("{\"model\":\"a\",\"model\":\"b\"}").model()).isEqualTo("b");
    }

    @Test
    void longTextsAreCut() {
        RequestFacts facts = facts("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "é".repeat(100_000) + "\"}]}");
        assertThat(facts.firstUserText()).isEqualTo("é".repeat(RequestFacts.MOST_TEXT_CHARS));
    }

    @Test
    void whatIsNoWholeObjectHasNoFacts() {
        assertThat(RequestFacts.of(Bytes.EMPTY)).isEmpty();
        assertThat(RequestFacts.of(Bytes.utf8("[1]"))).isEmpty();
        for (int cut = 0; cut < CLAUDE_CODE.strip().length(); cut++) {
            assertThat(RequestFacts.of(Bytes.utf8(CLAUDE_CODE.substring(0, cut))))
                    .as("cut at %d", cut)
                    .isEmpty();
        }
    }

    @Test
    void whatIsNewIsToldFromWhatIsSentAgain() {
        Conversation asked = facts("""
                {"messages":[{"role":"user","content":"old"},{"role":"assistant","content":"so"},
                  {"role":"user","content":[
                    {"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[
                      {"type":"text","text":"Async agent launched.\\nagentId: ad4f62ca60050122a (internal)"}]},
                    {"type":"text","text":"[Request interrupted by user]"},
                    {"type":"text","text":"new"},{"type":"text","text":"<system-reminder>later"}]}]}""").conversation();
        assertThat(asked.prompt()).isEqualTo("new");
        assertThat(asked.results()).containsExactly(new ToolResult("toolu_1", true, "ad4f62ca60050122a"));
        assertThat(asked.messages().count()).isEqualTo(3);
        assertThat(asked.opening()).containsExactly(Fingerprint.of("old\n"));
    }

    @Test
    void severalUserMessagesSinceTheLastAnswerAreNewTogether() {
        Conversation conversation = facts("""
                {"messages":[{"role":"user","content":"before"},{"role":"assistant","content":"hm"},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"a\\u0062","content":"x"}]},
                  {"role":"user","content":"and now"},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","is_error":true,
                    "content":[{"type":"text","text":"agentId: a0123456789"}]}]},
                  {"role":"user","content":"<system-reminder>late</system-reminder>"}]}""").conversation();

        assertThat(conversation.prompt()).isEqualTo("and now");
        assertThat(conversation.results())
                .containsExactly(new ToolResult("ab", false, null), new ToolResult("c", true, "a0123456789"));
    }

    @Test
    void whatTheClientChangesByItselfChangesNoFingerprint() {
        String one = """
                {"messages":[{"role":"user","content":[{"type":"text","text":"a\\n"}]},{"role":"assistant","content":[
                   {"type":"tool_use","id":"t","name":"Read","input":{}}]},
                   {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"x",
                     "cache_control":{"type":"ephemeral"}}]}],
                 "tools":[{"name":"a","cache_control":{"type":"ephemeral"}}],
                 "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=1;"},{"type":"text","text":"be"}]}""";
        String other = """
                {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[
                   {"type":"tool_use","id":"t","name":"Read","input":{}}]},
                   {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]}],
                 "tools":[{"name":"a"}],
                 "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2;"},
                   {"type":"text","text":"be\\n","cache_control":{"type":"ephemeral"}}]}""";
        Conversation before = facts(one).conversation();
        Conversation after = facts(other).conversation();
        assertThat(after.messages()).isEqualTo(before.messages());
        assertThat(after.tools()).isEqualTo(before.tools()).isNotZero();
        assertThat(after.system()).isEqualTo(before.system()).isNotZero();
        assertThat(facts(one.replace("\"t\"", "\"u\""))
                        .conversation()
                        .messages()
                        .common(before.messages()))
                .isEqualTo(1);
    }

    @Test
    void theDirectoryIsFoundWhereTheClientTellsIt() {
        assertThat(facts("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":"
                                + "\"# Environment\\n - Primary working directory: /home/u/p\\n - Is\"}]}")
                        .conversation()
                        .directory())
                .isEqualTo("/home/u/p");
        assertThat(facts("{\"messages\":[],\"system\":\"<env>\\nWorking directory: /home/u/q\\n</env>\"}")
                        .conversation()
                        .directory())
                .isEqualTo("/home/u/q");
        assertThat(facts(
                                "{\"system\":\"Working directory: /home/u/r\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                        .conversation()
                        .directory())
                .as("told before the messages")
                .isEqualTo("/home/u/r");
    }

    @Test
    void readingOnFromAMarkGivesTheSameFromFewBytes() {
        List<ReadingMark> marks = List.of();
        int second = 0;
        for (int turn = 1; turn <= 200; turn++) {
            Bytes body = Bytes.utf8(LongConversation.body(turn));
            RequestFacts whole = RequestFacts.of(body).orElseThrow();
            RequestFacts rest = RequestFacts.of(body, marks).orElseThrow();
            assertThat(withoutReading(rest)).isEqualTo(withoutReading(whole));
            marks = rest.conversation().marks();
            second = turn == 2 ? rest.conversation().parsedBytes() : second;
            if (turn == 200) {
                assertThat(rest.conversation().parsedBytes()).isLessThanOrEqualTo(3 * second);
                assertThat(whole.conversation().parsedBytes()).isGreaterThan(10 * second);
            }
        }
    }

    @Test
    void aMarkThatDoesNotFitIsNotUsed() {
        List<ReadingMark> marks = facts(LongConversation.body(9)).conversation().marks();
        Bytes other = Bytes.utf8(LongConversation.body(10).replaceFirst("Step 1", "Step one"));
        RequestFacts facts = RequestFacts.of(other, marks).orElseThrow();
        assertThat(facts.conversation().parsedBytes()).isEqualTo(other.length());
        assertThat(facts.firstUserText()).isEqualTo("Step one");
    }

    private static RequestFacts withoutReading(RequestFacts facts) {
        Conversation said = facts.conversation();
        return new RequestFacts(
                facts.model(),
                facts.stream(),
                facts.maxTokens(),
                facts.hasThinking(),
                facts.hasOutputFormat(),
                facts.tools(),
                facts.systemBlocks(),
                facts.firstSystemText(),
                facts.sessionId(),
                facts.firstUserText(),
                facts.lastUserText(),
                facts.stopSequences(),
                new Conversation(
                        said.messages(),
                        said.tools(),
                        said.system(),
                        said.prompt(),
                        said.results(),
                        said.opening(),
                        said.goesOn(),
                        said.directory(),
                        List.of(),
                        0));
    }

    private static RequestFacts facts(String body) {
        return RequestFacts.of(Bytes.utf8(body)).orElseThrow();
    }
}
