package dev.ccproxy.translate;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Error bodies as trees. */
final class ErrorBodies {

    private ErrorBodies() {}

    /** Anthropic's envelope. */
    static ObjectNode messages(String type, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return body;
    }
}
