package dev.ccproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KindRuleTest {

    private static final Headers CLAUDE_CODE = Headers.of(
            "User-Agent",
            "claude-cli/2.1.330 (external, cli)",
            "X-Claude-Code-Session-Id",
            "8a6e0804-2bd0-4672-b79d-d97027f9071a");
    private static final String TITLE =
            "{\"model\":\"m\",\"messages\":[],\"tools\":[],\"output_config\":{\"format\":{\"type\":\"json_schema\"}},\"stream\":true}";
    private static final String CLASSIFIER =
            "{\"model\":\"claude-sonnet-5\",\"system\":[{},{}],\"max_tokens\":64,\"stop_sequences\":[\"</severity>\"]}";
    private static final String COMPACTION =
            "{\"tools\":[{}],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"CRITICAL: Respond with TEXT ONLY. x\"}]}]}";

    @Test
    void thePathTellsFirst() {
        assertThat(KindRule.of("POST", "/v1/messages/count_tokens", CLAUDE_CODE, Optional.empty()))
                .isEqualTo(Kind.COUNT_TOKENS);
        assertThat(KindRule.of("GET", "/v1/models", CLAUDE_CODE, Optional.empty()))
                .isEqualTo(Kind.OTHER);
        assertThat(KindRule.of("GET", "/v1/messages", CLAUDE_CODE, Optional.empty()))
                .isEqualTo(Kind.OTHER);
        assertThat(KindRule.of("POST", "/v1/messages/batches", CLAUDE_CODE, Optional.empty()))
                .isEqualTo(Kind.OTHER);
        assertThat(KindRule.of("POST", "/v1/messages", CLAUDE_CODE, Optional.empty()))
                .isEqualTo(Kind.MAIN);
    }

    @Test
    void aSubagentShowsInItsHeaderOrItsFirstSystemBlock() {
        assertThat(kind(with("x-claude-code-agent-id", "a0123456789abcdef"), "{}"))
                .isEqualTo(Kind.SUBAGENT);
        assertThat(
                        kind(
                                CLAUDE_CODE,
                                "{\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=2; cc_entrypoint=cli; cc_is_subagent=true;\"}]}"))
                .isEqualTo(Kind.SUBAGENT);
    }

    @Test
    void theBodyTellsTitleCompactionAndClassifier() {
        assertThat(kind(CLAUDE_CODE, TITLE)).isEqualTo(Kind.TITLE);
        assertThat(kind(CLAUDE_CODE, TITLE.replace("\"tools\"", "\"thinking\":{\"type\":\"adaptive\"},\"tools\"")))
                .isEqualTo(Kind.MAIN);
        assertThat(kind(CLAUDE_CODE, COMPACTION)).isEqualTo(Kind.COMPACTION);
        assertThat(kind(CLAUDE_CODE, CLASSIFIER)).isEqualTo(Kind.CLASSIFIER);
        assertThat(kind(CLAUDE_CODE, "{\"max_tokens\":8192,\"system\":[{},{}]}"))
                .isEqualTo(Kind.CLASSIFIER);
        assertThat(kind(CLAUDE_CODE, "{\"max_tokens\":8192,\"stream\":false,\"tools\":[{}]}"))
                .isEqualTo(Kind.MAIN);
    }

    @Test
    void hintHeadersTellWithoutTheBody() {
        assertThat(kind(with("x-claude-code-request-class", "compaction"), "{}"))
                .isEqualTo(Kind.COMPACTION);
        assertThat(kind(with("x-claude-code-compaction", "manual"), "{}")).isEqualTo(Kind.COMPACTION);
        assertThat(kind(with("x-claude-code-request-class", "subagent"), "{}")).isEqualTo(Kind.SUBAGENT);
        assertThat(kind(with("x-claude-code-request-class", "main"), TITLE)).isEqualTo(Kind.MAIN);
        assertThat(kind(with("x-claude-code-request-class", "auxiliary"), TITLE))
                .isEqualTo(Kind.TITLE);
        assertThat(kind(with("x-claude-code-request-class", "auxiliary"), "{}")).isEqualTo(Kind.OTHER);
        assertThat(kind(with("x-claude-code-request-class", "workflow"), "{\"tools\":[{}]}"))
                .isEqualTo(Kind.MAIN);
    }

    @Test
    void messagesOfOtherClientsAreMain() {
        Headers other = Headers.of("User-Agent", "anthropic-python/1.0");
        for (String body : new String[] {TITLE, CLASSIFIER, COMPACTION, "no json"}) {
            assertThat(kind(other, body)).as(body).isEqualTo(Kind.MAIN);
        }
    }

    private static Kind kind(Headers headers, String body) {
        return KindRule.of("POST", "/v1/messages", headers, RequestFacts.of(Bytes.utf8(body)));
    }

    private static Headers with(String name, String value) {
        return Headers.of("User-Agent", "claude-cli/2.1.330 (external, cli)", name, value);
    }
}
