package dev.ccproxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
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

    private static RequestFacts facts(String body) {
        return RequestFacts.of(Bytes.utf8(body)).orElseThrow();
    }
}
