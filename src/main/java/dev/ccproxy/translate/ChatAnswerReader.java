package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.openai.OpenAiError;
import dev.ccproxy.openai.OpenAiUsage;
import dev.ccproxy.openai.ToolCallPiece;
import dev.ccproxy.openai.ToolCallPieces;
import dev.ccproxy.sse.SseEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers of Chat Completions. For one answer and one thread. */
final class ChatAnswerReader implements AnswerReader {

    private final Json json;
    private final Set<Loss> losses;
    private final Consumer<AnswerPart> parts;
    private final ToolCallPieces calls = new ToolCallPieces();

    private boolean began;
    private boolean over;
    private boolean called;
    private boolean refused;
    private @Nullable String finishReason;
    private @Nullable String stopSequence;
    private @Nullable JsonNode usage;

    ChatAnswerReader(Json json, Set<Loss> losses, Consumer<AnswerPart> parts) {
        this.json = json;
        this.losses = losses;
        this.parts = parts;
    }

    @Override
    public void whole(ObjectNode body, Bytes text) {
        chunk(body, "message");
        finish();
    }

    @Override
    public void event(SseEvent event) {
        if (over) {
            return;
        }
        if (event.data().utf8().strip().equals("[DONE]")) {
            finish();
            return;
        }
        Optional<JsonNode> data = event.oversized() ? Optional.empty() : json.tree(event.data());
        if (event.oversized()) {
            fail(new OpenAiError("The provider sent an event over the limit.", null));
        } else if (data.isPresent() && data.get() instanceof ObjectNode chunk) {
            chunk(chunk, "delta");
        } else {
            losses.add(Loss.UNKNOWN_EVENT);
        }
    }

    /** Servers that do not say [DONE] say why they finished. */
    @Override
    public void end() {
        if (!over && finishReason != null) {
            finish();
        }
    }

    private void chunk(ObjectNode chunk, String holder) {
        if (chunk.hasNonNull("error")) {
            fail(OpenAiError.of(chunk, "The provider reported an error."));
            return;
        }
        if (chunk.path("usage").isObject()) {
            usage = chunk.get("usage");
        } else if (chunk.path("x_groq").path("usage").isObject()) {
            usage = chunk.path("x_groq").get("usage");
        }
        if (!began && (!chunk.path("choices").isEmpty() || !said(chunk, "id").isEmpty())) {
            began(chunk);
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asLong(0) == 0) {
                choice(choice, holder);
            } else {
                losses.add(Loss.CHOICES);
            }
        }
    }

    private void began(JsonNode chunk) {
        began = true;
        parts.accept(new AnswerPart.Began(
                chunk.path("id").asString(null),
                chunk.path("model").asString(null),
                chunk.path("service_tier").asString(null)));
    }

    private void choice(JsonNode choice, String holder) {
        message(choice.path(holder), holder);
        if (choice.path("finish_reason").isString()) {
            finishReason = choice.path("finish_reason").stringValue();
        }
        // vLLM names the stop sequence here.
        stopSequence = choice.path("stop_reason").asString(stopSequence);
        if (choice.path("logprobs").isObject()) {
            losses.add(Loss.LOG_PROBABILITIES);
        }
    }

    private void message(JsonNode message, String holder) {
        String thought = said(message, "reasoning_content");
        thinking(thought.isEmpty() ? said(message, "reasoning") : thought);
        content(message.path("content"));
        String refusal = said(message, "refusal");
        if (!refusal.isEmpty()) {
            refused = true;
            parts.accept(new AnswerPart.Refusal(refusal));
        }
        for (JsonNode call : message.path("tool_calls")) {
            call(holder.equals("delta") ? calls.read(call) : calls.readWhole(call));
        }
        if (message.path("audio").isObject()) {
            losses.add(Loss.AUDIO);
        }
        if (!message.path("annotations").isEmpty()) {
            losses.add(Loss.CITATIONS);
        }
    }

    private static String said(JsonNode holder, String name) {
        return holder.path(name).asString("");
    }

    private void thinking(String piece) {
        if (!piece.isEmpty()) {
            parts.accept(new AnswerPart.Thinking(piece));
        }
    }

    private void text(String piece) {
        if (!piece.isEmpty()) {
            parts.accept(new AnswerPart.Text(piece));
        }
    }

    /** Mistral sends a list of parts where the model thinks. */
    private void content(JsonNode content) {
        text(content.asString(""));
        for (JsonNode part : content) {
            switch (said(part, "type")) {
                case "text" -> text(said(part, "text"));
                case "thinking" -> part.path("thinking").forEach(piece -> thinking(said(piece, "text")));
                default -> losses.add(Loss.UNKNOWN_BLOCK);
            }
        }
    }

    private void call(ToolCallPiece piece) {
        called = true;
        if (piece.begins()) {
            parts.accept(new AnswerPart.Call(piece.call(), piece.id(), piece.name()));
        }
        if (!piece.arguments().isEmpty()) {
            parts.accept(new AnswerPart.Arguments(piece.call(), piece.arguments()));
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        if (!began) {
            parts.accept(new AnswerPart.Began(null, null, null));
        }
        StopReason reason = reason();
        parts.accept(new AnswerPart.Stopped(reason, reason == StopReason.STOP_SEQUENCE ? stopSequence : null));
        parts.accept(
                new AnswerPart.Counted(usage == null ? TokenCounts.NONE : TokenCounts.of(OpenAiUsage.ofChat(usage))));
        parts.accept(new AnswerPart.Ended());
    }

    private StopReason reason() {
        return switch (finishReason == null ? "" : finishReason) {
            case "length" -> StopReason.LENGTH;
            case "content_filter" -> StopReason.REFUSAL;
            // Some servers say stop where they call tools, or the other way round.
            default ->
                called
                        ? StopReason.TOOLS
                        : refused
                                ? StopReason.REFUSAL
                                : stopSequence != null ? StopReason.STOP_SEQUENCE : StopReason.END;
        };
    }

    private void fail(OpenAiError error) {
        over = true;
        parts.accept(new AnswerPart.Failed(ErrorTypes.named(error.type()), error.message()));
    }
}
