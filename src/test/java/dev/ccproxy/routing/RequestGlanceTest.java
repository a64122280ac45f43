package dev.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.KindRule;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules look at is found in one walk over a body, and what is left for another reader is short. */
class RequestGlanceTest {

    private static final Headers CLAUDE_CODE = Headers.of("User-Agent", "claude-cli/2.1.330 (external, cli)");

    private static final List<String> SYSTEMS = List.of(
            "\"system\":\"You are.\"",
            "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=2; cc_entrypoint=cli;"
                    + " cc_is_subagent=true;\"},{\"type\":\"text\",\"text\":\"Be brief.\"}]",
            "\"metadata\":{\"user_id\":\"u\"}");
    private static final List<String> MESSAGES = List.of(
            "{\"role\":\"user\",\"content\":\"Hi\"}",
            "{\"content\":[{\"type\":\"text\",\"text\":\"CRITICAL: Respond with TEXT ONLY. Now.\"}],\"role\":\"user\"}",
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Well.\"}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"CRITICAL\"}]}",
            "{\"role\":\"system\",\"content\":\"Remember.\"}",
            "{\"role\":\"user\"}");
    private static final List<String> REST = List.of(
            "\"tools\":[]",
            "\"tools\":[{\"name\":\"Read\"},{\"name\":\"Bash\"}]",
            "\"output_config\":{\"format\":{\"type\":\"json_schema\"}}",
            "\"output_config\":{\"effort\":\"low\"}",
            "\"thinking\":{\"type\":\"adaptive\"}",
            "\"max_tokens\":8192",
            "\"max_tokens\":100",
            "\"stop_sequences\":[\"</severity>\"]",
            "\"stream\":true",
            "\"stream\":null");

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String body(Random random) {
        StringBuilder body = new StringBuilder("{\"model\":\"m\"");
        for (int i = random.nextInt(5); i > 0; i--) {
            body.append(',').append(any(REST, random));
        }
        body.append(',').append(any(SYSTEMS, random)).append(",\"messages\":[");
        for (int i = random.nextInt(5); i > 0; i--) {
            body.append(any(MESSAGES, random)).append(i > 1 ? "," : "");
        }
        return body.append("]}").toString();
    }

    private static Kind kind(Bytes body) {
        Optional<RequestFacts> facts = RequestFacts.of(body);
        assertThat(facts).isPresent();
        return KindRule.of("POST", "/v1/messages", CLAUDE_CODE, facts);
    }

    @Test
    void theOutlineIsOfTheSameKindAsTheWholeRequest() {
        Set<Kind> met = EnumSet.noneOf(Kind.class);
        for (long seed = 0; seed < 5_000; seed++) {
            String body = body(new Random(seed));
            RequestGlance glance = RequestGlance.at(Bytes.utf8(body)).orElseThrow();
            Kind kind = kind(Bytes.utf8(body));
            assertThat(kind(glance.outline())).as("seed " + seed + ": " + body).isEqualTo(kind);
            met.add(kind);
        }
        assertThat(met).contains(Kind.MAIN, Kind.SUBAGENT, Kind.TITLE, Kind.COMPACTION, Kind.CLASSIFIER);
    }

    /** So the kind of a request costs the same in its first turn and in its last. */
    @Test
    void theOutlineDoesNotGrowWithTheConversation() {
        String turn = "{\"role\":\"user\",\"content\":\"" + "x".repeat(10_000) + "\"},"
                + "{\"role\":\"assistant\",\"content\":\"y\"},";
        String tools = "\"tools\":[" + "{\"name\":\"Read\"},".repeat(1_000) + "{}]";
        String body = "{\"model\":\"m\"," + tools + ",\"messages\":[" + turn.repeat(100)
                + "{\"role\":\"user\",\"content\":\"Last.\"}]}";

        Bytes outline = RequestGlance.at(Bytes.utf8(body)).orElseThrow().outline();

        assertThat(body.length()).isGreaterThan(1_000_000);
        assertThat(outline.utf8())
                .isEqualTo("{\"tools\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"Last.\"}]}");
    }

    @Test
    void whatStandsTwiceCountsTheLastTime() {
        RequestGlance glance = RequestGlance.at(Bytes.utf8("{\"model\":\"a\",\"stream\":true,\"model\":\"b\","
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":false,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"y\"}]}"))
                .orElseThrow();

        assertThat(glance.modelName()).isEqualTo("b");
        assertThat(glance.stream()).isFalse();
        assertThat(glance.firstUserTexts()).containsExactly("y");
    }
}
