package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.openai.OpenAiError;
import dev.ccproxy.openai.OpenAiUsage;
import dev.ccproxy.sse.SseEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers of Responses. For one answer and one thread. */
final class ResponsesAnswerReader implements AnswerReader {

    private final Json json;
    private final Set<Loss> losses;
    private final Consumer<AnswerPart> parts;

    /** Which call an output item is, by its index. */
    private final Map<Long, Integer> calls = new HashMap<>();

    /** Output items of which pieces came before the whole. */
    private final Set<Long> spoken = new HashSet<>();

    /** The text of the content part that is coming, by its item's index. */
    private final Map<Long, StringBuilder> texts = new HashMap<>();

    private int callCount;
    private boolean anyItem;
    private boolean refused;
    private boolean began;
    private boolean over;

    ResponsesAnswerReader(Json json, Set<Loss> losses, Consumer<AnswerPart> parts) {
        this.json = json;
        this.losses = losses;
        this.parts = parts;
    }

    @Override
    public void whole(ObjectNode body, Bytes text) {
        terminal(body);
    }

    @Override
    public void event(SseEvent event) {
        if (over || event.data().utf8().strip().equals("[DONE]")) {
            return;
        }
        Optional<JsonNode> data = event.oversized() ? Optional.empty() : json.tree(event.data());
        if (event.oversized()) {
            fail(new OpenAiError("The provider sent an event over the limit.", null));
        } else if (data.isPresent() && data.get() instanceof ObjectNode object) {
            event(object.path("type").asString(event.type()), object);
        } else {
            losses.add(Loss.UNKNOWN_EVENT);
        }
    }

    private void event(String type, ObjectNode event) {
        long item = event.path("output_index").asLong(0);
        String delta = event.path("delta").asString("");
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> began(event.path("response"));
            case "response.output_item.added" -> itemBegan(event.path("item"), item);
            case "response.output_item.done" -> itemDone(event.path("item"), item);
            case "response.output_text.delta" -> text(item, delta);
            case "response.output_text.done" -> rest(item, event.path("text").asString(""));
            case "response.refusal.delta" -> refusal(item, delta);
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> thinking(item, delta);
            case "response.reasoning_summary_part.added" -> {
                if (event.path("summary_index").asLong(0) > 0) {
                    thinking(item, "\n\n");
                }
            }
            case "response.function_call_arguments.delta" -> arguments(item, delta);
            case "response.function_call_arguments.done" -> {
                if (!spoken.contains(item)) {
                    arguments(item, event.path("arguments").asString(""));
                }
            }
            case "response.completed", "response.incomplete", "response.failed" -> terminal(event.path("response"));
            case "error" -> fail(OpenAiError.of(event, "The provider reported an error."));
            case "response.output_text.annotation.added" -> losses.add(Loss.CITATIONS);
            case "response.content_part.added", "response.content_part.done" -> {}
            case "response.refusal.done", "response.reasoning_summary_part.done", "keepalive" -> {}
            case "response.reasoning_summary_text.done", "response.reasoning_text.done" -> {}
            default ->
                losses.add(type.contains("_call") || type.contains("mcp_") ? Loss.PROVIDER_TOOL : Loss.UNKNOWN_EVENT);
        }
    }

    /** A stream without its terminal event is broken. */
    @Override
    public void end() {
        // Nothing is due.
    }

    private void began(JsonNode response) {
        if (!began) {
            began = true;
            parts.accept(new AnswerPart.Began(
                    response.path("id").asString(null),
                    response.path("model").asString(null),
                    response.path("service_tier").asString(null)));
        }
    }

    private void itemBegan(JsonNode item, long index) {
        began(item.path("response"));
        anyItem = true;
        switch (item.path("type").asString("")) {
            case "function_call" -> call(item, index);
            case "message", "reasoning" -> {
                // Their pieces come.
            }
            default -> losses.add(Loss.PROVIDER_TOOL);
        }
    }

    private void call(JsonNode item, long index) {
        int call = callCount++;
        calls.put(index, call);
        parts.accept(new AnswerPart.Call(
                call,
                item.path("call_id").asString(item.path("id").asString(null)),
                item.path("name").asString("")));
    }

    private void itemDone(JsonNode item, long index) {
        anyItem = true;
        switch (item.path("type").asString("")) {
            case "message" -> {
                if (!spoken.contains(index)) {
                    item.path("content").forEach(part -> content(part, index));
                }
                item.path("content").forEach(this::annotations);
                parts.accept(new AnswerPart.Closed());
            }
            case "function_call" -> {
                if (!calls.containsKey(index)) {
                    call(item, index);
                }
                if (!spoken.contains(index)) {
                    arguments(index, item.path("arguments").asString(""));
                }
                parts.accept(new AnswerPart.Closed());
            }
            case "reasoning" -> reasoning(item, index);
            default -> losses.add(Loss.PROVIDER_TOOL);
        }
    }

    private void content(JsonNode part, long index) {
        switch (part.path("type").asString("")) {
            case "output_text", "text" -> text(index, part.path("text").asString(""));
            case "refusal" -> refusal(index, part.path("refusal").asString(""));
            default -> losses.add(Loss.UNKNOWN_BLOCK);
        }
    }

    private void annotations(JsonNode part) {
        if (!part.path("annotations").isEmpty()) {
            losses.add(Loss.CITATIONS);
        }
        if (!part.path("logprobs").isEmpty()) {
            losses.add(Loss.LOG_PROBABILITIES);
        }
    }

    private void reasoning(JsonNode item, long index) {
        if (!spoken.contains(index)) {
            String between = "";
            JsonNode thought = item.path("summary").isEmpty() ? item.path("content") : item.path("summary");
            for (JsonNode part : thought) {
                thinking(index, between + part.path("text").asString(""));
                between = "\n\n";
            }
        }
        String encrypted = item.path("encrypted_content").asString("");
        if (!encrypted.isEmpty()) {
            parts.accept(new AnswerPart.Sealed(new ThinkingSeal(item.path("id").asString(""), encrypted)));
        } else if (spoken.contains(index)) {
            parts.accept(new AnswerPart.Sealed(ThinkingSeal.PLAIN));
        }
    }

    private void text(long item, String piece) {
        texts.computeIfAbsent(item, _ -> new StringBuilder()).append(piece);
        said(item, piece, new AnswerPart.Text(piece));
    }

    /** What the pieces left out of the whole. */
    private void rest(long item, String whole) {
        StringBuilder pieces = texts.remove(item);
        String said = pieces == null ? "" : pieces.toString();
        if (whole.length() > said.length() && whole.startsWith(said)) {
            String rest = whole.substring(said.length());
            said(item, rest, new AnswerPart.Text(rest));
        }
    }

    private void refusal(long item, String piece) {
        refused = true;
        said(item, piece, new AnswerPart.Refusal(piece));
    }

    private void thinking(long item, String piece) {
        said(item, piece, new AnswerPart.Thinking(piece));
    }

    private void arguments(long item, String piece) {
        Integer call = calls.get(item);
        if (call != null) {
            said(item, piece, new AnswerPart.Arguments(call, piece));
        }
    }

    private void said(long item, String piece, AnswerPart part) {
        began(json.treeOf(""));
        if (!piece.isEmpty()) {
            spoken.add(item);
            parts.accept(part);
        }
    }

    private void terminal(JsonNode response) {
        if (response.path("error").isObject()
                || response.path("status").asString("").equals("failed")) {
            fail(OpenAiError.of(response, "The provider failed."));
            return;
        }
        began(response);
        if (!anyItem) {
            long index = 0;
            for (JsonNode item : response.path("output")) {
                itemDone(item, index++);
            }
        }
        over = true;
        parts.accept(new AnswerPart.Stopped(reason(response), null));
        parts.accept(new AnswerPart.Counted(TokenCounts.of(OpenAiUsage.ofResponses(response.path("usage")))));
        parts.accept(new AnswerPart.Ended());
    }

    private StopReason reason(JsonNode response) {
        String incomplete = response.path("incomplete_details").path("reason").asString("");
        if (incomplete.equals("content_filter")) {
            return StopReason.REFUSAL;
        }
        if (response.path("status").asString("").equals("incomplete")) {
            return StopReason.LENGTH;
        }
        return callCount > 0 ? StopReason.TOOLS : refused ? StopReason.REFUSAL : StopReason.END;
    }

    private void fail(OpenAiError error) {
        over = true;
        parts.accept(new AnswerPart.Failed(ErrorTypes.named(error.type()), error.message()));
    }
}
