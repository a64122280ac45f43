package dev.ccproxy.translate;

import dev.ccproxy.openai.OpenAiError;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as a body of Chat Completions; gives it when it is whole. */
final class ChatWriter implements AnswerWriter {

    private final Consumer<ObjectNode> whole;
    private final Supplier<String> freshIds;
    private final long createdEpochSeconds;

    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    private final Map<Integer, StringBuilder> arguments = new TreeMap<>();
    private StopReason reason = StopReason.END;
    private TokenCounts counts = TokenCounts.NONE;

    ChatWriter(Consumer<ObjectNode> whole, Supplier<String> freshIds, long createdEpochSeconds) {
        this.whole = whole;
        this.freshIds = freshIds;
        this.createdEpochSeconds = createdEpochSeconds;
    }

    @Override
    public void accept(AnswerPart part) {
        switch (part) {
            case AnswerPart.Began began -> {
                body.put("id", began.id() == null ? "chatcmpl-" + freshIds.get() : began.id());
                body.put("object", "chat.completion").put("created", createdEpochSeconds);
                body.put("model", began.model() == null ? "" : began.model());
                if (began.tier() != null) {
                    body.put("service_tier", began.tier());
                }
            }
            case AnswerPart.Text words -> text.append(words.piece());
            case AnswerPart.Refusal words -> refusal.append(words.piece());
            case AnswerPart.Thinking thought -> thinking.append(thought.piece());
            case AnswerPart.Call call -> call(call);
            case AnswerPart.Arguments piece ->
                arguments
                        .computeIfAbsent(piece.call(), _ -> new StringBuilder())
                        .append(piece.piece());
            case AnswerPart.Closed _, AnswerPart.Sealed _ -> {
                // The message has no blocks.
            }
            case AnswerPart.Stopped stopped -> reason = stopped.reason();
            case AnswerPart.Counted counted -> counts = counted.counts();
            case AnswerPart.Ended _ -> end();
            case AnswerPart.Failed failed -> whole.accept(new OpenAiError(failed.message(), failed.type()).asBody());
        }
    }

    private void call(AnswerPart.Call call) {
        ObjectNode written = calls.addObject();
        written.put("id", call.id() == null ? "call_" + freshIds.get() : ToolIds.unpacked(call.id()));
        written.put("type", "function").putObject("function").put("name", call.name());
        arguments.put(call.call(), new StringBuilder());
    }

    private void end() {
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", text.isEmpty() ? null : text.toString());
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        if (!thinking.isEmpty()) {
            message.put("reasoning_content", thinking.toString());
        }
        if (!calls.isEmpty()) {
            arguments.forEach((call, piece) -> ((ObjectNode) calls.get(call).get("function"))
                    .put("arguments", piece.isEmpty() ? "{}" : piece.toString()));
            message.set("tool_calls", calls);
        }
        choice.put("finish_reason", reason.chat());
        body.set("usage", counts.asOpenAi().asChat());
        whole.accept(body);
    }
}
