package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Splits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever comes, translations keep to the rules. Each failure names the seed that brings it back. */
class RandomTranslationsTest {

    private static final int STREAMS = 400;
    private static final int REQUESTS = 3_000;

    private static final List<String> NAMES = List.of(
            "role",
            "content",
            "type",
            "text",
            "source",
            "data",
            "media_type",
            "url",
            "file_id",
            "id",
            "name",
            "input",
            "tool_use_id",
            "is_error",
            "thinking",
            "signature",
            "cache_control",
            "citations",
            "title",
            "tool_calls",
            "function",
            "arguments",
            "tool_call_id",
            "image_url",
            "file",
            "file_data",
            "output",
            "call_id",
            "summary",
            "encrypted_content",
            "refusal",
            "delta",
            "index",
            "choices",
            "message",
            "usage",
            "finish_reason");
    private static final List<String> TOP = List.of(
            "model",
            "messages",
            "system",
            "tools",
            "tool_choice",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "stop",
            "thinking",
            "output_config",
            "metadata",
            "stream",
            "input",
            "instructions",
            "response_format",
            "reasoning_effort",
            "reasoning",
            "user",
            "functions",
            "stream_options",
            "choices",
            "output",
            "status",
            "usage",
            "error",
            "content",
            "incomplete_details");
    private static final List<String> WORDS = List.of(
            "user",
            "assistant",
            "system",
            "developer",
            "tool",
            "text",
            "image",
            "document",
            "tool_use",
            "tool_result",
            "thinking",
            "image_url",
            "file",
            "message",
            "function_call",
            "function_call_output",
            "reasoning",
            "base64",
            "url",
            "function",
            "custom",
            "enabled",
            "adaptive",
            "json_schema",
            "json_object",
            "data:image/png;base64,aGk=",
            "gpt-5.6",
            "o3",
            "gpt-99999999999",
            "claude-opus-5-5",
            "",
            "\ud83d",
            "{\"a\":1}",
            "{\"a\":",
            "ä😀");

    @Test
    void randomStreamsKeepToTheRulesAndSayTheSame() {
        for (long seed = 0; seed < STREAMS; seed++) {
            String what = "seed " + seed;
            RandomChatStream stream = new RandomChatStream(new Random(seed));
            Bytes bytes = Bytes.utf8(stream.stream());
            Translations.Streamed whole = translated(List.of(bytes));

            assertThat(whole.state()).as(what).isEqualTo(AnswerStream.State.COMPLETE);
            MessagesRules.checkWhole(what, whole.bytes());
            assertThat(Gist.ofStream(Format.ANTHROPIC_MESSAGES, whole.text()))
                    .as(what)
                    .isEqualTo(stream.gist());
            assertThat(translated(Splits.random(bytes, 60, new Random(seed))))
                    .as(what)
                    .isEqualTo(whole);
            assertThat(translated(Splits.every(bytes, 1))).as(what).isEqualTo(whole);
        }
    }

    @Test
    void aCutStreamIsAStartOfTheWholeOne() {
        for (long seed = 0; seed < STREAMS; seed++) {
            String what = "seed " + seed;
            Random random = new Random(seed);
            Bytes bytes = Bytes.utf8(new RandomChatStream(random).stream());
            Translations.Streamed whole = translated(List.of(bytes));
            Translations.Streamed cut = translated(List.of(bytes.slice(0, random.nextInt(bytes.length()))));

            if (cut.state() == AnswerStream.State.RUNNING) {
                MessagesRules.checkBroken(what, cut.bytes());
                assertThat(whole.text()).as(what).startsWith(cut.text());
            }
        }
    }

    @Test
    void theWayThroughAnotherFormatAndBackSaysTheSame() {
        for (long seed = 0; seed < STREAMS; seed++) {
            RandomChatStream stream = new RandomChatStream(new Random(seed));
            for (Format between : List.of(Format.ANTHROPIC_MESSAGES, Format.OPENAI_RESPONSES)) {
                String there = Translations.stream(Translations.between(between, Format.OPENAI_CHAT), stream.stream())
                        .text();
                String back = Translations.stream(Translations.between(Format.OPENAI_CHAT, between), there)
                        .text();
                assertThat(Gist.ofStream(Format.OPENAI_CHAT, back))
                        .as("seed %d over %s", seed, between)
                        .isEqualTo(stream.gist());
            }
        }
    }

    @Test
    void noObjectMakesATranslationThrow() {
        for (long seed = 0; seed < REQUESTS; seed++) {
            Random random = new Random(seed);
            String body = Translations.JSON.exact(object(random, TOP, 5)).utf8();
            for (Format client : Format.values()) {
                for (Format provider : Format.values()) {
                    assertThatCode(() -> translateEverything(client, provider, body))
                            .as("from %s to %s: %s", client, provider, body)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private static void translateEverything(Format client, Format provider, String body) {
        Translator translator = Translations.between(client, provider);
        Translations.tree(Translations.request(translator, body));
        Translations.tree(Translations.answer(translator, body));
        Translations.tree(translator.error(500, Bytes.utf8(body)).body());
        Translations.stream(translator, Translations.events(body, "[DONE]"));
    }

    private static Translations.Streamed translated(List<Bytes> pieces) {
        return Translations.stream(Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT), pieces);
    }

    private static ObjectNode object(Random random, List<String> names, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        int members = random.nextInt(7);
        for (int i = 0; i < members; i++) {
            object.set(names.get(random.nextInt(names.size())), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 12 : 6)) {
            case 0 -> nodes.numberNode(random.nextInt(10_000) - 10);
            case 1 -> nodes.numberNode(random.nextDouble());
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4, 5 -> nodes.stringNode(WORDS.get(random.nextInt(WORDS.size())));
            case 6, 7, 8 -> object(random, NAMES, depth - 1);
            default -> {
                ArrayNode array = nodes.arrayNode();
                int elements = random.nextInt(4);
                for (int i = 0; i < elements; i++) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
        };
    }
}
