package dev.ccproxy.translate;

import dev.ccproxy.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as a message of the Messages API; gives it when it is whole. */
final class MessageWriter implements AnswerWriter, MessageBlocks {

    private final Json json;
    private final Consumer<ObjectNode> whole;
    private final Supplier<String> freshIds;
    private final BlockSequence sequence;
    private final ObjectNode message = JsonNodeFactory.instance.objectNode();
    private final ArrayNode content = JsonNodeFactory.instance.arrayNode();
    private final StringBuilder text = new StringBuilder();
    private ObjectNode block = content.objectNode();
    private @Nullable String tier;

    MessageWriter(Json json, Consumer<ObjectNode> whole, Supplier<String> freshIds, Set<Loss> losses) {
        this.json = json;
        this.whole = whole;
        this.freshIds = freshIds;
        this.sequence = new BlockSequence(this, freshIds, losses);
    }

    static void head(ObjectNode message, AnswerPart.Began began, Supplier<String> freshIds) {
        boolean given = began.id() != null && !began.id().isEmpty();
        message.put("id", given ? began.id() : "msg_" + freshIds.get());
        message.put("type", "message").put("role", "assistant");
        message.put("model", began.model() == null ? "" : began.model());
    }

    static ObjectNode block(Kind kind, String id, String name) {
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case TEXT -> block.put("type", "text").put("text", "");
            case THINKING -> block.put("type", "thinking").put("thinking", "").put("signature", "");
            case TOOL ->
                block.put("type", "tool_use").put("id", id).put("name", name).putObject("input");
        }
        return block;
    }

    @Override
    public void accept(AnswerPart part) {
        switch (part) {
            case AnswerPart.Began began -> {
                head(message, began, freshIds);
                message.set("content", content);
                tier = began.tier();
            }
            case AnswerPart.Text words -> sequence.text(words.piece());
            case AnswerPart.Refusal refusal -> sequence.text(refusal.piece());
            case AnswerPart.Thinking thinking -> sequence.thinking(thinking.piece());
            case AnswerPart.Sealed sealed -> sequence.seal(sealed.seal());
            case AnswerPart.Call call -> sequence.call(call.call(), call.id(), call.name());
            case AnswerPart.Arguments arguments -> sequence.arguments(arguments.call(), arguments.piece());
            case AnswerPart.Closed _ -> sequence.closeLast();
            case AnswerPart.Stopped stopped ->
                message.put("stop_reason", stopped.reason().messages()).put("stop_sequence", stopped.sequence());
            case AnswerPart.Counted counted -> {
                ObjectNode usage = counted.counts().asMessages();
                if (tier != null) {
                    usage.put("service_tier", tier);
                }
                message.set("usage", usage);
            }
            case AnswerPart.Ended _ -> {
                sequence.finish();
                whole.accept(message);
            }
            case AnswerPart.Failed failed -> whole.accept(ErrorBodies.messages(failed.type(), failed.message()));
        }
    }

    @Override
    public void open(int index, Kind kind, String id, String name) {
        block = block(kind, id, name);
        content.add(block);
        text.setLength(0);
    }

    @Override
    public void add(int index, Kind kind, String piece) {
        text.append(piece);
    }

    @Override
    public void sign(int index, String signature) {
        block.put("signature", signature);
    }

    @Override
    public void close(int index, Kind kind) {
        switch (kind) {
            case TEXT -> block.put("text", text.toString());
            case THINKING -> block.put("thinking", text.toString());
            case TOOL -> input(text.toString());
        }
    }

    /** Arguments that were cut off stay a text, which no client takes for a call that it could run. */
    private void input(String arguments) {
        if (arguments.isBlank()) {
            return;
        }
        Optional<JsonNode> parsed = json.tree(arguments);
        if (parsed.isPresent()) {
            block.set("input", Json.verbatim(arguments.strip()));
        } else {
            block.put("input", arguments);
        }
    }
}
