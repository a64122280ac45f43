package dev.ccproxy.translate;

import dev.ccproxy.anthropic.MessageFolder;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.sse.SseParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What answers of all formats can be compared by: text, tool calls, why it ended, tokens.
 *
 * @param calls name and arguments of each, as JSON where they are some
 * @param stop in the words of the Messages API
 * @param input tokens without those of the cache
 */
record Gist(String text, List<String> calls, String stop, long input, long cacheRead, long cacheWrite, long output) {

    static Gist ofStream(Format format, String stream) {
        List<ObjectNode> events = new ArrayList<>();
        MessageFolder folder = new MessageFolder(Translations.JSON);
        new SseParser(Translations.MAX_EVENT_BYTES, event -> {
                    Translations.JSON.tree(event.data()).ifPresent(data -> events.add((ObjectNode) data));
                    if (format == Format.ANTHROPIC_MESSAGES) {
                        folder.accept(event);
                    }
                })
                .feed(Bytes.utf8(stream));
        return switch (format) {
            case ANTHROPIC_MESSAGES ->
                ofAnswer(format, Objects.requireNonNull(folder.folded().message()));
            case OPENAI_CHAT -> ofAnswer(format, foldedChunks(events));
            case OPENAI_RESPONSES -> ofResponsesEvents(events);
        };
    }

    static Gist ofAnswer(Format format, JsonNode answer) {
        return switch (format) {
            case ANTHROPIC_MESSAGES -> ofMessage(answer);
            case OPENAI_CHAT -> ofChat(answer);
            case OPENAI_RESPONSES -> ofResponse(answer);
        };
    }

    Gist withText(String other) {
        return new Gist(other, calls, stop, input, cacheRead, cacheWrite, output);
    }

    /** A string, or a list of parts of which those of text count. */
    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.asString(""));
        content.forEach(part -> text.append(part.path("text").asString("")));
        return text.toString();
    }

    private static Gist ofMessage(JsonNode message) {
        StringBuilder text = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode block : message.path("content")) {
            text.append(block.path("text").asString(""));
            if (block.path("type").asString("").equals("tool_use")) {
                JsonNode input = block.path("input");
                calls.add(call(
                        block.path("name").asString(""), input.isString() ? input.stringValue() : input.toString()));
            }
        }
        JsonNode usage = message.path("usage");
        return new Gist(
                text.toString(),
                calls,
                message.path("stop_reason").asString(""),
                usage.path("input_tokens").asLong(0),
                usage.path("cache_read_input_tokens").asLong(0),
                usage.path("cache_creation_input_tokens").asLong(0),
                usage.path("output_tokens").asLong(0));
    }

    private static Gist ofChat(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        List<String> calls = new ArrayList<>();
        choice.path("message")
                .path("tool_calls")
                .forEach(call -> calls.add(call(
                        call.path("function").path("name").asString(""),
                        call.path("function").path("arguments").asString(""))));
        String refusal = choice.path("message").path("refusal").asString("");
        String stop = switch (choice.path("finish_reason").asString("")) {
            case "length" -> "max_tokens";
            case "content_filter" -> "refusal";
            default -> !calls.isEmpty() ? "tool_use" : refusal.isEmpty() ? "end_turn" : "refusal";
        };
        JsonNode usage = body.path("usage");
        JsonNode details = usage.path("prompt_tokens_details");
        long read = details.path("cached_tokens").asLong(0);
        long write = details.path("cache_write_tokens").asLong(0);
        return new Gist(
                text(choice.path("message").path("content")) + refusal,
                calls,
                stop,
                Math.max(0, usage.path("prompt_tokens").asLong(0) - read - write),
                read,
                write,
                usage.path("completion_tokens").asLong(0));
    }

    private static Gist ofResponse(JsonNode response) {
        StringBuilder text = new StringBuilder();
        List<String> calls = new ArrayList<>();
        boolean refused = false;
        for (JsonNode item : response.path("output")) {
            for (JsonNode part :
                    item.path("type").asString("").equals("message") ? item.path("content") : item.path("-")) {
                text.append(part.path("text").asString(part.path("refusal").asString("")));
                refused |= part.has("refusal");
            }
            if (item.path("type").asString("").equals("function_call")) {
                calls.add(call(
                        item.path("name").asString(""), item.path("arguments").asString("")));
            }
        }
        boolean filtered =
                response.path("incomplete_details").path("reason").asString("").equals("content_filter");
        boolean incomplete = response.path("status").asString("").equals("incomplete");
        String stop = filtered
                ? "refusal"
                : incomplete ? "max_tokens" : !calls.isEmpty() ? "tool_use" : refused ? "refusal" : "end_turn";
        JsonNode usage = response.path("usage");
        long read = usage.path("input_tokens_details").path("cached_tokens").asLong(0);
        long write =
                usage.path("input_tokens_details").path("cache_write_tokens").asLong(0);
        return new Gist(
                text.toString(),
                calls,
                stop,
                Math.max(0, usage.path("input_tokens").asLong(0) - read - write),
                read,
                write,
                usage.path("output_tokens").asLong(0));
    }

    private static String call(String name, String arguments) {
        return name
                + Translations.JSON
                        .tree(arguments.isBlank() ? "{}" : arguments)
                        .map(JsonNode::toString)
                        .orElse(arguments);
    }

    private static ObjectNode foldedChunks(List<ObjectNode> chunks) {
        StringBuilder text = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        Map<Integer, ObjectNode> calls = new TreeMap<>();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode choice = body.putArray("choices").addObject();
        for (ObjectNode chunk : chunks) {
            JsonNode given = chunk.path("choices").path(0);
            JsonNode delta = given.path("delta");
            text.append(delta.path("content").asString(""));
            refusal.append(delta.path("refusal").asString(""));
            for (JsonNode call : delta.path("tool_calls")) {
                ObjectNode whole =
                        calls.computeIfAbsent(call.path("index").asInt(0), _ -> JsonNodeFactory.instance.objectNode());
                ObjectNode function =
                        whole.path("function") instanceof ObjectNode there ? there : whole.putObject("function");
                call.path("function")
                        .properties()
                        .forEach(member -> function.put(
                                member.getKey(),
                                function.path(member.getKey()).asString("")
                                        + member.getValue().asString("")));
            }
            if (given.path("finish_reason").isString()) {
                choice.set("finish_reason", given.path("finish_reason"));
            }
            if (chunk.path("usage").isObject()) {
                body.set("usage", chunk.path("usage"));
            }
        }
        ObjectNode message =
                choice.putObject("message").put("content", text.toString()).put("refusal", refusal.toString());
        ArrayNode written = message.putArray("tool_calls");
        calls.values().forEach(written::add);
        return body;
    }

    /** From the pieces: the last event of some peers holds no output. */
    private static Gist ofResponsesEvents(List<ObjectNode> events) {
        StringBuilder text = new StringBuilder();
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode output = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode event : events) {
            String type = event.path("type").asString("");
            if (type.equals("response.output_text.delta")) {
                text.append(event.path("delta").asString(""));
            } else if (type.equals("response.output_item.done")
                    && event.path("item").path("type").asString("").equals("function_call")) {
                output.add(event.path("item"));
            } else if (event.path("response") instanceof ObjectNode given) {
                response = given.deepCopy();
            }
        }
        output.addObject()
                .put("type", "message")
                .putArray("content")
                .addObject()
                .put("text", text.toString());
        response.set("output", output);
        return ofResponse(response);
    }
}
