package dev.ccproxy.translate;

import dev.ccproxy.openai.OpenAiError;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as a stream of Chat Completions. */
final class ChatStreamWriter implements AnswerWriter {

    private final EventWriter events;
    private final Supplier<String> freshIds;
    private final long createdEpochSeconds;
    private final boolean withUsage;

    private final Set<Integer> callsWithArguments = new HashSet<>();
    private int openCall = -1;
    private String id = "";
    private String model = "";
    private StopReason reason = StopReason.END;
    private TokenCounts counts = TokenCounts.NONE;

    /** @param withUsage whether the client asked for a last chunk with the usage, which has no choices */
    ChatStreamWriter(EventWriter events, Supplier<String> freshIds, long createdEpochSeconds, boolean withUsage) {
        this.events = events;
        this.freshIds = freshIds;
        this.createdEpochSeconds = createdEpochSeconds;
        this.withUsage = withUsage;
    }

    @Override
    public void accept(AnswerPart part) {
        switch (part) {
            case AnswerPart.Began began -> {
                id = began.id() == null ? "chatcmpl-" + freshIds.get() : began.id();
                model = began.model() == null ? "" : began.model();
                chunk(delta().put("role", "assistant").put("content", ""), null);
            }
            case AnswerPart.Text text -> chunk(delta().put("content", text.piece()), null);
            case AnswerPart.Refusal refusal -> chunk(delta().put("refusal", refusal.piece()), null);
            case AnswerPart.Thinking thinking -> chunk(delta().put("reasoning_content", thinking.piece()), null);
            case AnswerPart.Call call -> call(call);
            case AnswerPart.Arguments arguments -> arguments(arguments.call(), arguments.piece());
            case AnswerPart.Closed _, AnswerPart.Sealed _ -> closeCall();
            case AnswerPart.Stopped stopped -> reason = stopped.reason();
            case AnswerPart.Counted counted -> counts = counted.counts();
            case AnswerPart.Ended _ -> end();
            case AnswerPart.Failed failed -> events.unnamed(new OpenAiError(failed.message(), failed.type()).asBody());
        }
    }

    private static ObjectNode delta() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void call(AnswerPart.Call call) {
        closeCall();
        openCall = call.call();
        ObjectNode delta = delta();
        ObjectNode written = delta.putArray("tool_calls").addObject().put("index", call.call());
        written.put("id", call.id() == null ? "call_" + freshIds.get() : ToolIds.unpacked(call.id()));
        written.put("type", "function");
        written.putObject("function").put("name", call.name()).put("arguments", "");
        chunk(delta, null);
    }

    private void arguments(int call, String piece) {
        callsWithArguments.add(call);
        ObjectNode delta = delta();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", call)
                .putObject("function")
                .put("arguments", piece);
        chunk(delta, null);
    }

    /** A call without arguments is an object without members to clients that parse it. */
    private void closeCall() {
        if (openCall >= 0 && !callsWithArguments.contains(openCall)) {
            arguments(openCall, "{}");
        }
        openCall = -1;
    }

    private void end() {
        closeCall();
        chunk(delta(), reason.chat());
        if (withUsage) {
            ObjectNode chunk = head();
            chunk.putArray("choices");
            chunk.set("usage", counts.asOpenAi().asChat());
            events.unnamed(chunk);
        }
        events.unnamed("[DONE]");
    }

    private ObjectNode head() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", createdEpochSeconds)
                .put("model", model);
    }

    private void chunk(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = head();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        events.unnamed(chunk);
    }
}
