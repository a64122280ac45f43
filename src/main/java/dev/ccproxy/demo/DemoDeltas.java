package dev.ccproxy.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A block as a stream brings it.
 *
 * @param empty what it begins as
 * @param deltas what makes it whole
 */
record DemoDeltas(ObjectNode empty, List<ObjectNode> deltas) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static DemoDeltas of(ObjectNode block, int pieceChars) {
        ObjectNode empty = block.deepCopy();
        String text = block.path("text").asString("");
        String thinking = block.path("thinking").asString("");
        JsonNode input = block.path("input");
        if (!input.isMissingNode()) {
            empty.putObject("input");
            return new DemoDeltas(
                    empty,
                    pieces(input.toString(), pieceChars, piece -> delta("input_json_delta", "partial_json", piece)));
        }
        if (!thinking.isEmpty()) {
            empty.put("thinking", "").put("signature", "");
            List<ObjectNode> deltas = pieces(thinking, pieceChars, piece -> delta("thinking_delta", "thinking", piece));
            deltas.add(delta(
                    "signature_delta", "signature", block.path("signature").asString()));
            return new DemoDeltas(empty, deltas);
        }
        empty.put("text", "");
        return new DemoDeltas(empty, pieces(text, pieceChars, piece -> delta("text_delta", "text", piece)));
    }

    private static ObjectNode delta(String type, String name, String value) {
        return NODES.objectNode().put("type", type).put(name, value);
    }

    private static List<ObjectNode> pieces(String text, int pieceChars, Function<String, ObjectNode> delta) {
        List<ObjectNode> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += pieceChars) {
            pieces.add(delta.apply(text.substring(at, Math.min(text.length(), at + pieceChars))));
        }
        return pieces;
    }
}
