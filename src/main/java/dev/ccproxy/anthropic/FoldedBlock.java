package dev.ccproxy.anthropic;

import dev.ccproxy.json.Json;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One content block while its deltas arrive. */
final class FoldedBlock {

    private final ObjectNode block;
    private final int position;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder summary = new StringBuilder();
    private final StringBuilder input = new StringBuilder();

    /** The block as its start gave it, changed in place; {@code position} is where it stands in the message. */
    FoldedBlock(ObjectNode block, int position) {
        this.block = block;
        this.position = position;
        text.append(block.path("text").asString(""));
        thinking.append(block.path("thinking").asString(""));
        summary.append(block.path("content").isString() ? block.path("content").stringValue() : "");
    }

    int position() {
        return position;
    }

    /** False when the delta is of no known kind, or says more than is known of its kind. */
    boolean add(ObjectNode delta) {
        return switch (delta.path("type").asString("")) {
            case "text_delta" -> append(delta, "text", text) && only(delta, Set.of("type", "text"));
            case "input_json_delta" ->
                append(delta, "partial_json", input) && only(delta, Set.of("type", "partial_json"));
            case "thinking_delta" ->
                append(delta, "thinking", thinking) && only(delta, Set.of("type", "thinking", "estimated_tokens"));
            case "signature_delta" -> signature(delta) && only(delta, Set.of("type", "signature"));
            case "citations_delta" -> citation(delta) && only(delta, Set.of("type", "citation"));
            case "compaction_delta" -> append(delta, "content", summary) && only(delta, Set.of("type", "content"));
            default -> false;
        };
    }

    private static boolean append(ObjectNode delta, String name, StringBuilder whole) {
        JsonNode piece = delta.path(name);
        if (piece.isString()) {
            whole.append(piece.stringValue());
        }
        return piece.isString() || piece.isNull();
    }

    private boolean signature(ObjectNode delta) {
        JsonNode signature = delta.path("signature");
        block.set("signature", signature);
        return signature.isString();
    }

    private boolean citation(ObjectNode delta) {
        JsonNode citation = delta.get("citation");
        if (citation == null) {
            return false;
        }
        JsonNode before = block.get("citations");
        ArrayNode citations = before instanceof ArrayNode array ? array : block.putArray("citations");
        citations.add(citation);
        return true;
    }

    private static boolean only(ObjectNode delta, Set<String> known) {
        return known.containsAll(delta.propertyNames());
    }

    /** Puts what has come so far into the block; the text of an input that is no whole JSON is given back. */
    @Nullable
    String settle(Json json) {
        if (!text.isEmpty()) {
            block.put("text", text.toString());
        }
        if (!thinking.isEmpty()) {
            block.put("thinking", thinking.toString());
        }
        if (!summary.isEmpty()) {
            block.put("content", summary.toString());
        }
        if (input.isEmpty()) {
            return null;
        }
        Optional<JsonNode> whole = json.tree(input.toString());
        whole.ifPresent(value -> block.set("input", value));
        return whole.isPresent() ? null : input.toString();
    }
}
