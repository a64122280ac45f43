package dev.ccproxy.anthropic;

import static dev.ccproxy.anthropic.Events.TEXT_BLOCK;
import static dev.ccproxy.anthropic.Events.block;
import static dev.ccproxy.anthropic.Events.delta;
import static dev.ccproxy.anthropic.Events.end;
import static dev.ccproxy.anthropic.Events.input;
import static dev.ccproxy.anthropic.Events.start;
import static dev.ccproxy.anthropic.Events.stop;
import static dev.ccproxy.anthropic.Events.stream;
import static dev.ccproxy.anthropic.Events.text;
import static dev.ccproxy.anthropic.Events.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.sse.SseParser;
import dev.ccproxy.testing.Splits;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MessageFolderTest {

    private final Json json = new Json();

    @Test
    void textToolThinkingAndSignatureBecomeTheirBlocks() {
        FoldedMessage folded = fold(
                start(),
                block(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
                delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"let me \",\"estimated_tokens\":9}"),
                delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"see\"}"),
                delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"),
                stop(0),
                block(1, "{\"type\":\"redacted_thinking\",\"data\":\"secret\"}"),
                stop(1),
                block(2, TEXT_BLOCK),
                text(2, "Hel"),
                text(2, "lo"),
                stop(2),
                block(3, tool("Read")),
                input(3, ""),
                input(3, "{\\\"file_path\\\":"),
                input(3, "\\\"/a\\\",\\\"n\\\":12345678901234567890}"),
                stop(3),
                end("tool_use"),
                stop());

        assertThat(folded.complete()).isTrue();
        assertThat(folded.notUnderstood()).isEmpty();
        assertThat(folded.cutInputs()).isEmpty();
        assertThat(content(folded))
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"let me see\",\"signature\":\"c2ln\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"secret\"},"
                        + "{\"type\":\"text\",\"text\":\"Hello\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Read\",\"input\":{\"file_path\":\"/a\","
                        + "\"n\":12345678901234567890}}]");
        assertThat(message(folded).path("stop_reason").stringValue()).isEqualTo("tool_use");
    }

    @Test
    void usageIsMergedCumulativelyAndDeeply() {
        FoldedMessage folded = fold(
                start(),
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"input_tokens\":null,"
                        + "\"output_tokens\":42,\"cache_creation\":{\"ephemeral_1h_input_tokens\":250},"
                        + "\"server_tool_use\":{\"web_search_requests\":1}}}",
                stop());
        assertThat(json.text(message(folded).path("usage")))
                .isEqualTo("{\"input_tokens\":10,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":5,"
                        + "\"output_tokens\":42,\"cache_creation\":{\"ephemeral_5m_input_tokens\":100,"
                        + "\"ephemeral_1h_input_tokens\":250},\"server_tool_use\":{\"web_search_requests\":1}}");
    }

    @Test
    void citationsServerToolsAndTheirResultsAreKept() {
        FoldedMessage folded = fold(
                start(),
                block(0, "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}"),
                input(0, "{\\\"query\\\":\\\"x\\\"}"),
                stop(0),
                block(1, "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{\"url\":\"u\"}]}"),
                stop(1),
                block(2, TEXT_BLOCK),
                delta(
                        2,
                        "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\",\"cited_text\":\"c\"}}"),
                text(2, "see"),
                stop(2),
                end("end_turn"),
                stop());
        assertThat(content(folded))
                .isEqualTo(
                        "[{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"}},"
                                + "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{\"url\":\"u\"}]},"
                                + "{\"type\":\"text\",\"text\":\"see\",\"citations\":[{\"type\":\"char_location\",\"cited_text\":\"c\"}]}]");
        assertThat(folded.notUnderstood()).isEmpty();
    }

    @Test
    void membersOfTheMessageDeltaAreKeptWhateverTheirName() {
        FoldedMessage folded = fold(
                start(),
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"container\":{\"id\":\"c\"},"
                        + "\"safeguard_results\":[{\"type\":\"t\"}],\"future\":1},\"context_management\":{\"applied_edits\":[]},"
                        + "\"usage\":{\"output_tokens\":3}}",
                stop());
        JsonNode message = message(folded);
        assertThat(message.path("container").path("id").stringValue()).isEqualTo("c");
        assertThat(message.path("safeguard_results").size()).isEqualTo(1);
        assertThat(message.path("future").intValue()).isEqualTo(1);
        assertThat(message.path("context_management").path("applied_edits").isArray())
                .isTrue();
    }

    @Test
    void whatIsUnknownIsKeptBesideTheMessage() {
        String event = "{\"type\":\"future_event\",\"payload\":\"keep\"}";
        String delta = delta(0, "{\"type\":\"future_delta\",\"bits\":\"z\"}");
        String member = delta(1, "{\"type\":\"text_delta\",\"text\":\"t\",\"future\":\"f\"}");
        FoldedMessage folded = fold(
                start(),
                event,
                block(0, "{\"type\":\"future_block\",\"data\":\"d\"}"),
                delta,
                block(1, TEXT_BLOCK),
                member,
                "no json",
                stop());
        assertThat(content(folded))
                .isEqualTo("[{\"type\":\"future_block\",\"data\":\"d\"},{\"type\":\"text\",\"text\":\"t\"}]");
        assertThat(folded.notUnderstood())
                .extracting(JsonNode::toString)
                .containsExactly(event, delta, member, "\"no json\"");
    }

    @Test
    void anInputThatIsCutOffIsKeptAsText() {
        FoldedMessage folded = fold(start(), block(0, tool("Bash")), input(0, "{\\\"command\\\": \\\"ls"));
        assertThat(content(folded)).contains("\"input\":{}");
        assertThat(folded.cutInputs()).containsExactly(new FoldedMessage.CutInput(0, "{\"command\": \"ls"));
        assertThat(folded.complete()).isFalse();
    }

    @Test
    void anErrorEventKeepsWhatHadCome() {
        String error =
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"},\"request_id\":\"r\"}";
        FoldedMessage folded = fold(start(), block(0, TEXT_BLOCK), text(0, "half"), error);
        assertThat(content(folded)).contains("half");
        assertThat(folded.error()).hasToString(error);
        assertThat(folded.complete()).isFalse();
        assertThat(fold(error).message()).isNull();
    }

    @Test
    void aMessageThatBeginsAnewKeepsTheFirstAside() {
        FoldedMessage folded = fold(
                start(), block(0, TEXT_BLOCK), text(0, "one"), start(), block(0, TEXT_BLOCK), text(0, "two"), stop());
        assertThat(content(folded)).isEqualTo("[{\"type\":\"text\",\"text\":\"two\"}]");
        assertThat(folded.notUnderstood()).hasSize(1);
        assertThat(folded.notUnderstood().getFirst().toString()).contains("\"one\"");
    }

    @Test
    void wholeAnswersHaveTheSameForm() {
        FoldedMessage message = FoldedMessage.ofJson(
                json.tree("{\"type\":\"message\",\"id\":\"m\"}").orElseThrow());
        assertThat(message.complete()).isTrue();
        assertThat(message.message()).hasToString("{\"type\":\"message\",\"id\":\"m\"}");
        FoldedMessage error = FoldedMessage.ofJson(
                json.tree("{\"type\":\"error\",\"error\":{}}").orElseThrow());
        assertThat(error.error()).isNotNull();
        FoldedMessage other =
                FoldedMessage.ofJson(json.tree("{\"input_tokens\":3}").orElseThrow());
        assertThat(other.notUnderstood()).hasSize(1);
    }

    @Test
    void brokenEventsInAnyOrderNeverThrowAndFoldAlikeUnderAnySplit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] events = {
            start(),
            block(0, TEXT_BLOCK),
            block(1, tool("X")),
            block(0, "3"),
            block(0, "{}"),
            text(0, "é"),
            text(7, "a"),
            input(1, "{\\\"a\\\":1"),
            input(1, "}"),
            input(0, "nul"),
            stop(0),
            end("end_turn"),
            stop(),
            "[]",
            "3",
            "{",
            "{}",
            "{\"type\":3}",
            "{\"type\":\"message_start\",\"message\":[]}",
            "{\"type\":\"message_delta\",\"delta\":3,\"usage\":[]}",
            "{\"type\":\"content_block_delta\",\"index\":\"0\",\"delta\":null}",
            "{\"type\":\"error\"}",
            "{\"type\":\"content_block_start\",\"index\":1e99,\"content_block\":{\"type\":\"text\"}}",
            delta(0, "{\"type\":\"citations_delta\"}"),
            delta(0, "{\"type\":\"signature_delta\"}"),
            delta(0, "{\"type\":\"text_delta\",\"text\":null}"),
            "{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":\"x\"}}"
        };
        for (int round = 0; round < 500; round++) {
            String[] some = new String[random.nextInt(12)];
            for (int i = 0; i < some.length; i++) {
                some[i] = events[random.nextInt(events.length)];
            }
            Bytes bytes = stream(some);
            FoldedMessage whole = FoldedMessage.ofStream(json, bytes, 1 << 20);
            MessageFacts facts = MessageFacts.ofStream(bytes, 1 << 20);
            Splits.forEach(bytes, random, chunks -> {
                MessageFolder folder = new MessageFolder(json);
                MessageFactsReader reader = new MessageFactsReader();
                feed(chunks, new SseParser(1 << 20, folder));
                feed(chunks, new SseParser(1 << 20, reader));
                assertThat(folder.folded()).as("seed %d", seed).isEqualTo(whole);
                assertThat(reader.facts()).as("seed %d", seed).isEqualTo(facts);
            });
        }
    }

    private static void feed(List<Bytes> chunks, SseParser parser) {
        chunks.forEach(parser::feed);
    }

    private FoldedMessage fold(String... events) {
        return FoldedMessage.ofStream(json, stream(events), 1 << 20);
    }

    private static ObjectNode message(FoldedMessage folded) {
        return Objects.requireNonNull(folded.message(), "there is a message");
    }

    private String content(FoldedMessage folded) {
        return json.text(message(folded).path("content"));
    }
}
