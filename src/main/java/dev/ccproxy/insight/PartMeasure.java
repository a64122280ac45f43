package dev.ccproxy.insight;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures a part and takes its digest, without what the client itself changes from turn to turn: the moving
 * {@code cache_control}, the white space at the end of a text, and whether a lone text is a string or a block.
 */
final class PartMeasure {

    private static final String CACHE_CONTROL = "cache_control";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Json json;

    PartMeasure(Json json) {
        this.json = json;
    }

    PromptPart part(PartKind kind, String path, String label, @Nullable String tool, JsonNode node) {
        Bytes said = json.write(settled(node));
        return new PromptPart(
                kind,
                path,
                label,
                tool,
                node,
                said.length(),
                TokenEstimate.of(kind, said.length()),
                node.has(CACHE_CONTROL),
                digest(said));
    }

    private static JsonNode settled(JsonNode node) {
        if (!(node instanceof ObjectNode block)) {
            return node;
        }
        ObjectNode settled = block.deepCopy();
        settled.remove(CACHE_CONTROL);
        if (settled.path("text").isString()) {
            settled.put("text", settled.path("text").asString().stripTrailing());
        }
        JsonNode content = settled.path("content");
        if (content.isString()) {
            settled.set(
                    "content",
                    NODES.arrayNode().add(textBlock(content.asString().stripTrailing())));
        } else if (content instanceof ArrayNode blocks) {
            ArrayNode inner = NODES.arrayNode();
            blocks.forEach(each -> inner.add(settled(each)));
            settled.set("content", inner);
        }
        return settled;
    }

    private static ObjectNode textBlock(String text) {
        return NODES.objectNode().put("type", "text").put("text", text);
    }

    /** A plain text in the form of a block. */
    ObjectNode textBlock(JsonNode text) {
        return textBlock(text.asString());
    }

    ArrayNode none() {
        return NODES.arrayNode();
    }

    boolean holdsImage(JsonNode content) {
        for (JsonNode block : content instanceof ArrayNode ? content : none()) {
            if (block.path("type").asString("").equals("image")) {
                return true;
            }
        }
        return false;
    }

    private static Bytes digest(Bytes said) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(said.array(), said.arrayOffset(), said.length());
            return Bytes.wrap(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
