package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.sse.SseParser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The message that an answer adds up to, in the form in which the Messages API gives it without streaming.
 *
 * @param message null where the answer never began one
 * @param complete whether the message reached its end; a stream that was cut off leaves what had come
 * @param error the error body, or the {@code error} event that broke the stream, as it came
 * @param cutInputs tool inputs that are no whole JSON, as text, by the index of their block (whose {@code input} is as it
 *     was when the block began)
 * @param notUnderstood events that are of no known kind or hold members of no known name, as they came, and data that is
 *     no JSON, as text
 */
public record FoldedMessage(
        @Nullable ObjectNode message,
        boolean complete,
        @Nullable ObjectNode error,
        List<CutInput> cutInputs,
        List<JsonNode> notUnderstood) {

    public FoldedMessage {
        cutInputs = List.copyOf(cutInputs);
        notUnderstood = List.copyOf(notUnderstood);
    }

    /**
     * A tool input whose end never came.
     *
     * @param block index in the message's {@code content}
     */
    public record CutInput(int block, String text) {}

    /** Folds a whole stream; {@code maxEventBytes} as in {@link SseParser}. */
    public static FoldedMessage ofStream(Json json, Bytes stream, int maxEventBytes) {
        MessageFolder folder = new MessageFolder(json);
        new SseParser(maxEventBytes, folder).feed(stream);
        return folder.folded();
    }

    /** An answer that is no stream: a message, an error, or something else, which is then not understood. */
    public static FoldedMessage ofJson(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            switch (object.path("type").asString("")) {
                case "message" -> {
                    return new FoldedMessage(object, true, null, List.of(), List.of());
                }
                case "error" -> {
                    return new FoldedMessage(null, false, object, List.of(), List.of());
                }
                default -> {
                    // Some other endpoint's answer.
                }
            }
        }
        return new FoldedMessage(null, false, null, List.of(), List.of(answer));
    }
}
