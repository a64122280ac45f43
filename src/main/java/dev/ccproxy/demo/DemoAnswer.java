package dev.ccproxy.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo's model answers to one request.
 *
 * @param status 200 for a stream; else an error of that status
 * @param blocks the message's content
 * @param firstMillis until the answer begins
 * @param pieceMillis between two pieces of a text
 */
record DemoAnswer(int status, String model, List<ObjectNode> blocks, Tokens tokens, int firstMillis, int pieceMillis) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What the model counts. */
    record Tokens(long input, long read, long written, long output) {

        ObjectNode usage(long outputSoFar) {
            ObjectNode usage = NODES.objectNode()
                    .put("input_tokens", input)
                    .put("cache_read_input_tokens", read)
                    .put("cache_creation_input_tokens", written)
                    .put("output_tokens", outputSoFar);
            usage.putObject("cache_creation")
                    .put("ephemeral_5m_input_tokens", 0)
                    .put("ephemeral_1h_input_tokens", written);
            return usage;
        }
    }

    ObjectNode start(String id) {
        ObjectNode start = NODES.objectNode().put("type", "message_start");
        ObjectNode message = start.putObject("message");
        message.put("id", id).put("type", "message").put("role", "assistant").put("model", model);
        message.putArray("content");
        message.putNull("stop_reason");
        message.set("usage", tokens.usage(1));
        return start;
    }

    ObjectNode end() {
        boolean calls = blocks.stream().anyMatch(block -> type(block).equals("tool_use"));
        ObjectNode end = NODES.objectNode().put("type", "message_delta");
        end.putObject("delta")
                .put("stop_reason", calls ? "tool_use" : "end_turn")
                .putNull("stop_sequence");
        end.set("usage", tokens.usage(tokens.output()));
        return end;
    }

    static String type(JsonNode block) {
        return block.path("type").asString();
    }
}
