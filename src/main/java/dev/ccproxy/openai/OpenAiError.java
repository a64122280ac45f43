package dev.ccproxy.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An error body, or an error inside of a stream. */
public record OpenAiError(String message, @Nullable String type) {

    /**
     * Reads the forms in which servers say it: {@code {"error":{"message":"..."}}}, {@code {"error":"..."}},
     * {@code {"message":"..."}}, {@code {"detail":"..."}}.
     *
     * @param otherwise the message where the body has none
     */
    public static OpenAiError of(JsonNode body, String otherwise) {
        JsonNode error = body.path("error");
        JsonNode holder = error.isObject() ? error : body;
        String type = holder.path("type").asString(holder.path("code").asString(null));
        String message = holder.path("message")
                .asString(error.asString(body.path("detail").asString(otherwise)));
        return new OpenAiError(message.isEmpty() ? otherwise : message, type);
    }

    /** As OpenAI writes it. */
    public ObjectNode asBody() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .putNull("code");
        return body;
    }
}
