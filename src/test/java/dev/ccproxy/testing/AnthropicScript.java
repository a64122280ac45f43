package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A Messages API answer as a model server gives it, streamed or whole. Immutable; start with {@link #message}.
 *
 * @param id such as {@code msg_01Hello}; also names the {@code request-id} header, {@code req_01Hello}
 * @param stopReason such as {@code end_turn}
 */
public record AnthropicScript(String id, String model, List<Block> blocks, Tokens tokens, String stopReason) {

    /** A content block. */
    public sealed interface Block {
        record Text(String text) implements Block {}

        record Thinking(String thinking, String signature) implements Block {}

        /** {@code input} is a JSON object as text. */
        record ToolUse(String id, String name, String input) implements Block {}
    }

    /** What the answer says it cost. */
    public record Tokens(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {}

    public AnthropicScript {
        blocks = List.copyOf(blocks);
    }

    /** An answer without content so far. */
    public static AnthropicScript message(String id, String model) {
        return new AnthropicScript(id, model, List.of(), new Tokens(12, 34, 5600, 700, 80), "end_turn");
    }

    public AnthropicScript text(String text) {
        return with(new Block.Text(text));
    }

    public AnthropicScript thinking(String thinking) {
        return with(new Block.Thinking(thinking, "c2lnbmF0dXJl"));
    }

    /** A tool call; the answer then stops for it. */
    public AnthropicScript toolUse(String toolUseId, String name, String input) {
        AnthropicScript more = with(new Block.ToolUse(toolUseId, name, input));
        return new AnthropicScript(id, model, more.blocks, tokens, "tool_use");
    }

    public AnthropicScript tokens(Tokens other) {
        return new AnthropicScript(id, model, blocks, other, stopReason);
    }

    private AnthropicScript with(Block block) {
        List<Block> more = new ArrayList<>(blocks);
        more.add(block);
        return new AnthropicScript(id, model, more, tokens, stopReason);
    }

    /** The value of the answer's {@code request-id} header. */
    public String requestId() {
        return id.replaceFirst("^msg_", "req_");
    }

    /** Header lines that a model server sends with every answer. */
    public String[] headerLines() {
        return headerLines(requestId());
    }

    /** Header lines that a model server sends with every answer. */
    public static String[] headerLines(String requestId) {
        return new String[] {
            "Date: Mon, 23 Nov 2026 10:00:00 GMT",
            "request-id: " + requestId,
            "anthropic-organization-id: 00000000-0000-4000-8000-000000000000",
            "anthropic-ratelimit-unified-status: allowed",
            "CF-RAY: 8f0000000000aaaa-FRA",
            "Cache-Control: no-cache",
        };
    }

    /** Sends it as an event stream, one chunk an event. */
    public void stream(Reply reply) throws IOException {
        reply.stream(headerLines());
        for (String event : events()) {
            reply.chunk(event);
        }
        reply.lastChunk();
    }

    /** Sends it as one JSON document. */
    public void whole(Reply reply) throws IOException {
        reply.json("200 OK", json(), headerLines());
    }

    /** The whole stream as bytes. */
    public Bytes sse() {
        return Bytes.utf8(String.join("", events()));
    }

    /** The events of the stream, each with its empty line. */
    public List<String> events() {
        List<String> events = new ArrayList<>();
        events.add(event(
                "message_start", "\"message\":" + messageJson("[]", "null", usageJson(tokens.output == 0 ? 0 : 1))));
        events.add(event("ping", ""));
        for (int index = 0; index < blocks.size(); index++) {
            addBlock(index, blocks.get(index), events);
        }
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"" + stopReason
                        + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" + tokens.output + "}"));
        events.add(event("message_stop", ""));
        return events;
    }

    /** The answer to a request that did not ask for a stream. */
    public String json() {
        List<String> content = blocks.stream().map(AnthropicScript::wholeBlock).toList();
        return messageJson("[" + String.join(",", content) + "]", "\"" + stopReason + "\"", usageJson(tokens.output));
    }

    /** The event with which a stream fails, such as {@code overloaded_error}. */
    public static String errorEvent(String type, String message) {
        return event("error", "\"error\":{\"type\":\"" + type + "\",\"message\":" + quoted(message) + "}");
    }

    public static String pingEvent() {
        return event("ping", "");
    }

    /** The body of an error answer. */
    public static String errorJson(String type, String message, String requestId) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":" + quoted(message)
                + "},\"request_id\":\"" + requestId + "\"}";
    }

    /** Sends an error answer such as {@code error(reply, "529 Overloaded", "overloaded_error", "req_1")}. */
    public static void error(Reply reply, String statusAndReason, String type, String requestId, String... lines)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(headerLines(requestId)));
        all.addAll(List.of(lines));
        reply.json(statusAndReason, errorJson(type, "scripted failure", requestId), all.toArray(String[]::new));
    }

    /** The answer of {@code POST /v1/messages/count_tokens}. */
    public static String countTokensJson(long inputTokens) {
        return "{\"input_tokens\":" + inputTokens + "}";
    }

    /** The answer of {@code GET /v1/models}. */
    public static String modelsJson(String... ids) {
        List<String> models = new ArrayList<>();
        for (String model : ids) {
            models.add("{\"type\":\"model\",\"id\":\"" + model + "\",\"display_name\":\"" + model
                    + "\",\"created_at\":\"2026-01-01T00:00:00Z\"}");
        }
        return "{\"data\":[" + String.join(",", models) + "],\"has_more\":false,\"first_id\":\"" + ids[0]
                + "\",\"last_id\":\"" + ids[ids.length - 1] + "\"}";
    }

    private static void addBlock(int index, Block block, List<String> events) {
        String at = "\"index\":" + index;
        switch (block) {
            case Block.Text(String text) -> {
                events.add(event("content_block_start", at + ",\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
                addDeltas(at, "text_delta", "text", text, events);
            }
            case Block.Thinking(String thinking, String signature) -> {
                events.add(event(
                        "content_block_start",
                        at + ",\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
                addDeltas(at, "thinking_delta", "thinking", thinking, events);
                events.add(delta(at, "signature_delta", "signature", signature));
            }
            case Block.ToolUse(String id, String name, String input) -> {
                events.add(event(
                        "content_block_start",
                        at + ",\"content_block\":{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name
                                + "\",\"input\":{}}"));
                events.add(delta(at, "input_json_delta", "partial_json", ""));
                addDeltas(at, "input_json_delta", "partial_json", input, events);
            }
        }
        events.add(event("content_block_stop", at));
    }

    /** Pieces of a few characters, cut wherever it falls but never inside a surrogate pair. */
    private static void addDeltas(String at, String type, String member, String value, List<String> events) {
        int from = 0;
        while (from < value.length()) {
            int to = Math.min(from + 7, value.length());
            if (to < value.length() && Character.isLowSurrogate(value.charAt(to))) {
                to++;
            }
            events.add(delta(at, type, member, value.substring(from, to)));
            from = to;
        }
    }

    private static String delta(String at, String type, String member, String value) {
        return event(
                "content_block_delta",
                at + ",\"delta\":{\"type\":\"" + type + "\",\"" + member + "\":" + quoted(value) + "}");
    }

    private static String event(String type, String members) {
        String comma = members.isEmpty() ? "" : ",";
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + comma + members + "}\n\n";
    }

    private static String wholeBlock(Block block) {
        return switch (block) {
            case Block.Text(String text) -> "{\"type\":\"text\",\"text\":" + quoted(text) + "}";
            case Block.Thinking(String thinking, String signature) ->
                "{\"type\":\"thinking\",\"thinking\":" + quoted(thinking) + ",\"signature\":\"" + signature + "\"}";
            case Block.ToolUse(String id, String name, String input) ->
                "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"input\":" + input + "}";
        };
    }

    private String messageJson(String content, String stop, String usage) {
        return "{\"id\":\"" + id + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + model
                + "\",\"content\":" + content + ",\"stop_reason\":" + stop + ",\"stop_sequence\":null,\"usage\":"
                + usage
                + "}";
    }

    private String usageJson(long output) {
        return "{\"input_tokens\":" + tokens.input + ",\"cache_creation_input_tokens\":"
                + (tokens.cacheWrite5m + tokens.cacheWrite1h) + ",\"cache_read_input_tokens\":" + tokens.cacheRead
                + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":" + tokens.cacheWrite5m
                + ",\"ephemeral_1h_input_tokens\":" + tokens.cacheWrite1h + "},\"output_tokens\":" + output
                + ",\"service_tier\":\"standard\"}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }
}
