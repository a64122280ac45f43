package dev.ccproxy.anthropic;

import dev.ccproxy.json.Json;
import dev.ccproxy.sse.SseEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Folds the events of one answer into its message, as Anthropic's own clients do. Events are told apart by the
 * {@code type} in their data, so a stream without {@code event:} lines folds alike. Nothing is lost: what is of no known
 * kind is kept beside the message. Where a second {@code message_start} comes, the message begins anew and what had
 * come of the first is kept as not understood. For one thread.
 */
public final class MessageFolder implements Consumer<SseEvent> {

    private static final Set<String> OF_START = Set.of("type", "message");
    private static final Set<String> OF_BLOCK_START = Set.of("type", "index", "content_block");
    private static final Set<String> OF_BLOCK_DELTA = Set.of("type", "index", "delta");
    private static final Set<String> OF_MESSAGE_DELTA = Set.of("type", "delta", "usage");

    private final Json json;
    private @Nullable ObjectNode message;
    private final Map<Long, FoldedBlock> blocks = new LinkedHashMap<>();
    private boolean complete;
    private @Nullable ObjectNode error;
    private final List<JsonNode> notUnderstood = new ArrayList<>();

    public MessageFolder(Json json) {
        this.json = json;
    }

    @Override
    public void accept(SseEvent event) {
        Optional<JsonNode> data = json.tree(event.data());
        if (data.isPresent() && data.get() instanceof ObjectNode object) {
            String type = object.path("type").asString(event.type());
            if (!fold(type, object)) {
                notUnderstood.add(object);
            }
        } else {
            notUnderstood.add(data.orElseGet(() -> new StringNode(
                    event.oversized() ? "an event over the limit" : event.data().utf8())));
        }
    }

    /** False when the event, or a part of it, is not understood. */
    private boolean fold(String type, ObjectNode event) {
        return switch (type) {
            case "message_start" -> start(event) && only(event, OF_START);
            case "content_block_start" -> blockStart(event) && only(event, OF_BLOCK_START);
            case "content_block_delta" -> blockDelta(event) && only(event, OF_BLOCK_DELTA);
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> {
                complete = true;
                yield true;
            }
            case "error" -> {
                error = event;
                yield true;
            }
            case "content_block_stop", "ping" -> true;
            default -> false;
        };
    }

    private boolean start(ObjectNode event) {
        if (!(event.get("message") instanceof ObjectNode given)) {
            return false;
        }
        if (message != null && !blocks.isEmpty()) {
            settle();
            notUnderstood.add(message);
        }
        message = given.deepCopy();
        blocks.clear();
        complete = false;
        return true;
    }

    private boolean blockStart(ObjectNode event) {
        if (message == null || !(event.get("content_block") instanceof ObjectNode given)) {
            return false;
        }
        ObjectNode block = given.deepCopy();
        ArrayNode content = message.get("content") instanceof ArrayNode array ? array : message.putArray("content");
        long index = event.path("index").asLong(content.size());
        FoldedBlock replaced = blocks.put(index, new FoldedBlock(block, content.size()));
        content.add(block);
        if (replaced != null) {
            replaced.settle(json);
        }
        // Another model took over; the message is its message.
        if (block.path("type").asString("").equals("fallback")
                && block.path("to").path("model").isString()) {
            message.set("model", block.path("to").path("model"));
        }
        return true;
    }

    private boolean blockDelta(ObjectNode event) {
        FoldedBlock block = blocks.get(event.path("index").asLong(-1));
        return block != null && event.get("delta") instanceof ObjectNode delta && block.add(delta);
    }

    private boolean messageDelta(ObjectNode event) {
        if (message == null) {
            return false;
        }
        if (event.get("delta") instanceof ObjectNode delta) {
            merge(message, delta, Set.of());
        }
        if (event.get("usage") instanceof ObjectNode usage) {
            mergeDeep(message.get("usage") instanceof ObjectNode before ? before : message.putObject("usage"), usage);
        }
        merge(message, event, OF_MESSAGE_DELTA);
        return true;
    }

    /** A null says nothing new. */
    private static void merge(ObjectNode into, ObjectNode from, Set<String> except) {
        from.properties().forEach(member -> {
            if (!except.contains(member.getKey()) && isNews(into, member)) {
                into.set(member.getKey(), member.getValue());
            }
        });
    }

    private static void mergeDeep(ObjectNode into, ObjectNode from) {
        from.properties().forEach(member -> {
            if (into.get(member.getKey()) instanceof ObjectNode before
                    && member.getValue() instanceof ObjectNode given) {
                mergeDeep(before, given);
            } else if (isNews(into, member)) {
                into.set(member.getKey(), member.getValue());
            }
        });
    }

    private static boolean isNews(ObjectNode into, Map.Entry<String, JsonNode> member) {
        return !member.getValue().isNull() || !into.has(member.getKey());
    }

    private static boolean only(ObjectNode event, Set<String> known) {
        return known.containsAll(event.propertyNames());
    }

    private List<FoldedMessage.CutInput> settle() {
        List<FoldedMessage.CutInput> cut = new ArrayList<>();
        for (FoldedBlock block : blocks.values()) {
            String text = block.settle(json);
            if (text != null) {
                cut.add(new FoldedMessage.CutInput(block.position(), text));
            }
        }
        return cut;
    }

    /** What the events so far add up to. More may follow: a later call then gives more. */
    public FoldedMessage folded() {
        List<FoldedMessage.CutInput> cut = message == null ? List.of() : settle();
        return new FoldedMessage(
                message == null ? null : message.deepCopy(), complete && error == null, error, cut, notUnderstood);
    }
}
