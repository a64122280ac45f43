package dev.ccproxy.translate;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as a stream of the Messages API. */
final class MessageStreamWriter implements AnswerWriter, MessageBlocks {

    private final EventWriter events;
    private final Supplier<String> freshIds;
    private final BlockSequence sequence;
    private StopReason reason = StopReason.END;
    private @Nullable String stopSequence;
    private TokenCounts counts = TokenCounts.NONE;

    MessageStreamWriter(EventWriter events, Supplier<String> freshIds, Set<Loss> losses) {
        this.events = events;
        this.freshIds = freshIds;
        this.sequence = new BlockSequence(this, freshIds, losses);
    }

    @Override
    public void accept(AnswerPart part) {
        switch (part) {
            case AnswerPart.Began began -> start(began);
            case AnswerPart.Text text -> sequence.text(text.piece());
            case AnswerPart.Refusal refusal -> sequence.text(refusal.piece());
            case AnswerPart.Thinking thinking -> sequence.thinking(thinking.piece());
            case AnswerPart.Sealed sealed -> sequence.seal(sealed.seal());
            case AnswerPart.Call call -> sequence.call(call.call(), call.id(), call.name());
            case AnswerPart.Arguments arguments -> sequence.arguments(arguments.call(), arguments.piece());
            case AnswerPart.Closed _ -> sequence.closeLast();
            case AnswerPart.Stopped stopped -> {
                reason = stopped.reason();
                stopSequence = stopped.sequence();
            }
            case AnswerPart.Counted counted -> counts = counted.counts();
            case AnswerPart.Ended _ -> end();
            case AnswerPart.Failed failed -> {
                ObjectNode event = event("error");
                event.putObject("error").put("type", failed.type()).put("message", failed.message());
                events.named("error", event);
            }
        }
    }

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void start(AnswerPart.Began began) {
        ObjectNode event = event("message_start");
        ObjectNode message = event.putObject("message");
        MessageWriter.head(message, began, freshIds);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", TokenCounts.NONE.asMessages());
        events.named("message_start", event);
    }

    @Override
    public void open(int index, Kind kind, String id, String name) {
        ObjectNode event = event("content_block_start").put("index", index);
        event.set("content_block", MessageWriter.block(kind, id, name));
        events.named("content_block_start", event);
    }

    @Override
    public void add(int index, Kind kind, String piece) {
        switch (kind) {
            case TEXT -> delta(index, "text_delta", "text", piece);
            case THINKING -> delta(index, "thinking_delta", "thinking", piece);
            case TOOL -> delta(index, "input_json_delta", "partial_json", piece);
        }
    }

    @Override
    public void sign(int index, String signature) {
        delta(index, "signature_delta", "signature", signature);
    }

    private void delta(int index, String type, String name, String piece) {
        ObjectNode event = event("content_block_delta").put("index", index);
        event.putObject("delta").put("type", type).put(name, piece);
        events.named("content_block_delta", event);
    }

    @Override
    public void close(int index, Kind kind) {
        events.named("content_block_stop", event("content_block_stop").put("index", index));
    }

    private void end() {
        sequence.finish();
        ObjectNode event = event("message_delta");
        event.putObject("delta").put("stop_reason", reason.messages()).put("stop_sequence", stopSequence);
        event.set("usage", counts.asMessages());
        events.named("message_delta", event);
        events.named("message_stop", event("message_stop"));
    }
}
