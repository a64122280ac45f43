package dev.ccproxy.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message, in no format. */
sealed interface Block {

    /** Words. */
    record Text(String text) implements Block {}

    /** A picture. */
    record Image(Source source) implements Block {}

    /** A document, such as a PDF. */
    record Document(Source source, @Nullable String title) implements Block {}

    /**
     * A call that the model made.
     *
     * @param arguments JSON as the model wrote it, without its end where it was cut off
     */
    record ToolCall(String id, String name, String arguments) implements Block {}

    /** What a call gave; {@code content} is of text, images and documents. */
    record ToolResult(String callId, List<Block> content, boolean failed) implements Block {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /** What the model thought; {@code signature} is the provider's, or our own ({@link ThinkingSeal}). */
    record Thinking(String text, @Nullable String signature) implements Block {}
}
