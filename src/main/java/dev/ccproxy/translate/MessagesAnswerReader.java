package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.json.JsonSpans;
import dev.ccproxy.sse.SseEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers of the Messages API. For one answer and one thread. */
final class MessagesAnswerReader implements AnswerReader {

    private final Json json;
    private final Set<Loss> losses;
    private final Consumer<AnswerPart> parts;

    /** Which call a block is, by the block's index. */
    private final Map<Long, Integer> calls = new HashMap<>();

    private int callCount;
    private TokenCounts counts = TokenCounts.NONE;
    private StopReason reason = StopReason.END;
    private @Nullable String stopSequence;
    private boolean began;
    private boolean over;

    MessagesAnswerReader(Json json, Set<Loss> losses, Consumer<AnswerPart> parts) {
        this.json = json;
        this.losses = losses;
        this.parts = parts;
    }

    @Override
    public void whole(ObjectNode body, Bytes text) {
        if (body.path("type").asString("").equals("error")) {
            fail(body);
            return;
        }
        began(body, text);
        finish();
    }

    @Override
    public void event(SseEvent event) {
        if (over) {
            return;
        }
        Optional<JsonNode> data = event.oversized() ? Optional.empty() : json.tree(event.data());
        if (event.oversized()) {
            over = true;
            parts.accept(new AnswerPart.Failed("api_error", "The provider sent an event over the limit."));
        } else if (data.isPresent() && data.get() instanceof ObjectNode object) {
            event(object, event.data());
        } else {
            losses.add(Loss.UNKNOWN_EVENT);
        }
    }

    private void event(ObjectNode event, Bytes text) {
        switch (event.path("type").asString("")) {
            case "message_start" -> {
                Bytes message = JsonSpans.find(text, "message")
                        .map(span -> span.of(text))
                        .orElse(Bytes.EMPTY);
                began(event.path("message"), message);
            }
            case "content_block_start" ->
                block(
                        event.path("content_block"),
                        event.path("index").asLong(-1),
                        input(text, "content_block", "input"));
            case "content_block_delta" ->
                delta(event.path("delta"), event.path("index").asLong(-1));
            case "content_block_stop" -> parts.accept(new AnswerPart.Closed());
            case "message_delta" -> {
                stopped(event.path("delta"));
                counts = counts.with(event.path("usage"));
            }
            case "message_stop" -> finish();
            case "error" -> fail(event);
            case "ping" -> {
                // The writer's side has its own.
            }
            default -> losses.add(Loss.UNKNOWN_EVENT);
        }
    }

    @Override
    public void end() {
        // A stream without message_stop is broken.
    }

    /** A message may come with content that is already there. */
    private void began(JsonNode message, Bytes text) {
        if (began) {
            losses.add(Loss.UNKNOWN_EVENT);
            return;
        }
        began = true;
        parts.accept(new AnswerPart.Began(
                message.path("id").asString(null),
                message.path("model").asString(null),
                message.path("usage").path("service_tier").asString(null)));
        counts = counts.with(message.path("usage"));
        stopped(message);
        int index = 0;
        for (JsonNode block : message.path("content")) {
            block(block, -1 - index, input(text, "content", index, "input"));
            parts.accept(new AnswerPart.Closed());
            index++;
        }
    }

    private static String input(Bytes text, Object... path) {
        return JsonSpans.find(text, path).map(span -> span.of(text).utf8()).orElse("{}");
    }

    private void block(JsonNode block, long index, String input) {
        switch (block.path("type").asString("")) {
            case "text" -> {
                text(block.path("text").asString(""));
                if (!block.path("citations").isEmpty()) {
                    losses.add(Loss.CITATIONS);
                }
            }
            case "thinking" -> thinking(block.path("thinking").asString(""));
            case "redacted_thinking" -> losses.add(Loss.REDACTED_THINKING);
            case "tool_use" -> {
                int call = callCount++;
                calls.put(index, call);
                parts.accept(new AnswerPart.Call(
                        call,
                        block.path("id").asString(null),
                        block.path("name").asString("")));
                if (!block.path("input").isEmpty() || block.path("input").isString()) {
                    parts.accept(
                            new AnswerPart.Arguments(call, block.path("input").asString(input)));
                }
            }
            default -> losses.add(Loss.PROVIDER_TOOL);
        }
    }

    private void text(String piece) {
        if (!piece.isEmpty()) {
            parts.accept(new AnswerPart.Text(piece));
        }
    }

    private void thinking(String piece) {
        if (!piece.isEmpty()) {
            parts.accept(new AnswerPart.Thinking(piece));
        }
    }

    private void delta(JsonNode delta, long index) {
        switch (delta.path("type").asString("")) {
            case "text_delta" -> text(delta.path("text").asString(""));
            case "thinking_delta" -> thinking(delta.path("thinking").asString(""));
            case "input_json_delta" -> {
                Integer call = calls.get(index);
                String piece = delta.path("partial_json").asString("");
                if (call != null && !piece.isEmpty()) {
                    parts.accept(new AnswerPart.Arguments(call, piece));
                }
            }
            case "signature_delta" -> {
                // Nobody but Anthropic can read it.
            }
            case "citations_delta" -> losses.add(Loss.CITATIONS);
            default -> losses.add(Loss.UNKNOWN_EVENT);
        }
    }

    private void stopped(JsonNode holder) {
        if (holder.path("stop_reason").isString()) {
            reason = StopReason.ofMessages(holder.path("stop_reason").stringValue());
        }
        stopSequence = holder.path("stop_sequence").asString(stopSequence);
    }

    private void finish() {
        over = true;
        parts.accept(new AnswerPart.Stopped(reason, stopSequence));
        parts.accept(new AnswerPart.Counted(counts));
        parts.accept(new AnswerPart.Ended());
    }

    private void fail(JsonNode body) {
        over = true;
        JsonNode error = body.path("error");
        parts.accept(new AnswerPart.Failed(
                error.path("type").asString("api_error"), error.path("message").asString("")));
    }
}
