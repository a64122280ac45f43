package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams of OpenAI's formats, as a client of the Messages API gets them. */
class StreamsToMessagesTest {

    private static Translations.Streamed chat(String... data) {
        return Translations.stream(
                Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT), Translations.events(data));
    }

    private static String delta(String delta) {
        return "{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{" + delta
                + "},\"finish_reason\":null}]}";
    }

    private static String finish(String reason) {
        return "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    /** The blocks as {@code type:content}, joined from the deltas. */
    private static List<String> blocks(Translations.Streamed streamed) {
        MessagesRules.checkWhole("", streamed.bytes());
        List<String> blocks = new ArrayList<>();
        for (JsonNode event : MessagesRules.events(streamed.bytes())) {
            JsonNode block = event.path("content_block");
            if (block.isObject()) {
                blocks.add(block.path("name").asString(block.path("type").asString("")) + ":");
            }
            JsonNode delta = event.path("delta");
            String piece = delta.path("text")
                    .asString(delta.path("thinking")
                            .asString(delta.path("partial_json").asString("")));
            if (event.path("type").asString("").equals("content_block_delta")) {
                blocks.set(blocks.size() - 1, blocks.getLast() + piece);
            }
        }
        return blocks;
    }

    private static JsonNode end(Translations.Streamed streamed) {
        List<JsonNode> events = MessagesRules.events(streamed.bytes());
        return events.get(events.size() - 2);
    }

    @Test
    void eachPieceIsWrittenBeforeTheNextComes() {
        List<Bytes> written = new ArrayList<>();
        AnswerStream stream = Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT).stream(written::add);
        stream.feed(Bytes.utf8(Translations.events(delta("\"content\":\"Hel\""))));
        assertThat(written.getLast().utf8()).contains("text_delta", "Hel");
        stream.feed(Bytes.utf8(Translations.events(delta("\"content\":\"lo\""))));
        assertThat(written.getLast().utf8()).contains("text_delta", "lo");
        assertThat(stream.state()).isEqualTo(AnswerStream.State.RUNNING);
    }

    @Test
    void thinkingTextAndCallsAreBlocksInTheirOrder() {
        Translations.Streamed streamed = chat(
                delta("\"role\":\"assistant\",\"content\":\"\""),
                delta("\"reasoning_content\":\"Hm\""),
                delta("\"content\":\"I look\""),
                delta(
                        "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"Read\",\"arguments\":\"\"}}]"),
                delta("\"content\":\"\""),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"p\\\":\"}}]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" 1e3}\"}}]"),
                finish("tool_calls"),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}",
                "[DONE]");

        assertThat(blocks(streamed)).containsExactly("thinking:Hm", "text:I look", "Read:{\"p\": 1e3}");
        assertThat(streamed.text()).contains("\"signature\":\"" + ThinkingSeal.PLAIN.signature() + "\"");
        assertThat(end(streamed).path("delta").path("stop_reason").asString("")).isEqualTo("tool_use");
        assertThat(end(streamed).path("usage").toString())
                .isEqualTo("{\"input_tokens\":6,\"cache_read_input_tokens\":4,\"output_tokens\":5}");
    }

    @Test
    void interleavedCallsAndTextBecomeOneBlockAfterTheOther() {
        Translations.Streamed streamed = chat(
                delta(
                        "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\"}},"
                                + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}]"),
                delta("\"content\":\"and\""),
                delta("\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"}\"}}]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"}\\\"}\"}}]"),
                finish("stop"),
                "[DONE]");

        assertThat(blocks(streamed)).containsExactly("f:{\"a\":\"}\"}", "g:{}", "text:and");
        assertThat(end(streamed).path("delta").path("stop_reason").asString("")).isEqualTo("tool_use");
    }

    @Test
    void stopReasonsAreThoseOfTheMessagesApi() {
        assertThat(stopReason(delta("\"content\":\"x\""), finish("stop"))).isEqualTo("end_turn");
        assertThat(stopReason(delta("\"content\":\"x\""), finish("length"))).isEqualTo("max_tokens");
        assertThat(stopReason(delta("\"content\":\"x\""), finish("content_filter")))
                .isEqualTo("refusal");
        assertThat(stopReason(delta("\"refusal\":\"No.\""), finish("stop"))).isEqualTo("refusal");
        Translations.Streamed stopped = chat(
                "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"stop_reason\":\"END\"}]}",
                "[DONE]");
        assertThat(end(stopped).path("delta").toString())
                .isEqualTo("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}");
    }

    private static String stopReason(String... data) {
        List<String> all = new ArrayList<>(List.of(data));
        all.add("[DONE]");
        return end(chat(all.toArray(String[]::new)))
                .path("delta")
                .path("stop_reason")
                .asString("");
    }

    @Test
    void whatComesBehindTheFinishStillCounts() {
        Translations.Streamed streamed = chat(
                delta("\"content\":\"a\""),
                finish("stop"),
                delta("\"content\":\"b\""),
                "[DONE]",
                delta("\"content\":\"c\""));
        assertThat(blocks(streamed)).containsExactly("text:ab");
    }

    @Test
    void aServerThatDoesNotSayDoneIsDoneWithItsReason() {
        assertThat(chat(delta("\"content\":\"a\""), finish("stop")).state()).isEqualTo(AnswerStream.State.COMPLETE);
    }

    @Test
    void aStreamThatBreaksOffHasNoEnd() {
        Translations.Streamed streamed = chat(delta("\"content\":\"a\""));
        assertThat(streamed.state()).isEqualTo(AnswerStream.State.RUNNING);
        MessagesRules.checkBroken("", streamed.bytes());
    }

    @Test
    void anErrorInsideOfAStreamIsAnErrorEvent() {
        Translations.Streamed streamed =
                chat(delta("\"content\":\"a\""), "{\"error\":{\"message\":\"Too many\",\"code\":429}}", "[DONE]");
        assertThat(streamed.state()).isEqualTo(AnswerStream.State.FAILED);
        assertThat(streamed.text())
                .endsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\","
                        + "\"message\":\"Too many\"}}\n\n");
    }

    @Test
    void commentsAndMissingLinesDoNotMatter() {
        Translations.Streamed streamed = Translations.stream(
                Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT),
                ": PROCESSING\n\ndata: " + delta("\"content\":\"a\"") + "\n\n: more\n\ndata: " + finish("stop"));
        assertThat(blocks(streamed)).containsExactly("text:a");
    }

    @Test
    void aCallWithoutIdGetsOne() {
        Translations.Streamed streamed = chat(
                delta("\"tool_calls\":[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"),
                "[DONE]");
        assertThat(streamed.text()).contains("\"id\":\"call_fresh1\"");
    }

    @Test
    void responsesSpeakInItems() {
        Translations.Streamed streamed = responses(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\"}}",
                "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs\"}}",
                "{\"type\":\"response.reasoning_summary_text.delta\",\"output_index\":0,\"delta\":\"Hm\"}",
                "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs\","
                        + "\"encrypted_content\":\"e\"}}",
                "{\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{\"type\":\"message\"}}",
                "{\"type\":\"response.output_text.delta\",\"output_index\":1,\"delta\":\"He\"}",
                "{\"type\":\"response.output_text.done\",\"output_index\":1,\"text\":\"Hello\"}",
                "{\"type\":\"response.output_item.added\",\"output_index\":2,\"item\":{\"type\":\"function_call\","
                        + "\"call_id\":\"c\",\"name\":\"f\"}}",
                "{\"type\":\"response.function_call_arguments.done\",\"output_index\":2,\"arguments\":\"{}\"}",
                "{\"type\":\"response.output_item.done\",\"output_index\":2,\"item\":{\"type\":\"function_call\","
                        + "\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}}",
                "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":{\"input_tokens\":3,"
                        + "\"output_tokens\":4}}}");

        assertThat(blocks(streamed)).containsExactly("thinking:Hm", "text:Hello", "f:{}");
        assertThat(streamed.text()).contains(new ThinkingSeal("rs", "e").signature());
        assertThat(end(streamed).path("delta").path("stop_reason").asString("")).isEqualTo("tool_use");
    }

    @Test
    void responsesThatAreCutOrFailSaySo() {
        assertThat(end(responses("{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\","
                                + "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}}"))
                        .path("delta")
                        .path("stop_reason")
                        .asString(""))
                .isEqualTo("max_tokens");
        assertThat(responses("{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":"
                                + "{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}}}")
                        .text())
                .contains("rate_limit_error", "Slow down");
    }

    private static Translations.Streamed responses(String... data) {
        return Translations.stream(
                Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_RESPONSES), Translations.events(data));
    }
}
