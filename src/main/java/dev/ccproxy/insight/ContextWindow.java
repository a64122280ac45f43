package dev.ccproxy.insight;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the prompts of a model may be ({@code context-windows.json}).
 *
 * @param model beginning of the ids it holds for
 * @param tokens of a prompt and its answer together
 * @param source where that was read
 * @param read on which day
 * @param compaction when Claude Code makes room; null where that was not measured
 */
public record ContextWindow(
        String model,
        long tokens,
        String source,
        String read,
        @Nullable Compaction compaction) {

    /**
     * When Claude Code summarises a conversation by itself, as the test ClientCompactionTest finds it.
     *
     * @param below after an answer to so many input tokens it goes on as it was
     * @param from after an answer to so many it compacts first
     * @param client version of Claude Code
     */
    public record Compaction(long below, long from, String client) {}

    private static final String FILE = "context-windows.json";

    /** All that are known. */
    public static List<ContextWindow> all(Json json) {
        try (InputStream file = Objects.requireNonNull(ContextWindow.class.getResourceAsStream(FILE))) {
            return List.of(json.read(Bytes.wrap(file.readAllBytes()), ContextWindow[].class)
                    .orElseThrow());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The window of a model; the longest beginning of its id wins. */
    public static Optional<ContextWindow> of(List<ContextWindow> all, String model) {
        return all.stream()
                .filter(window -> model.equals(window.model) || model.startsWith(window.model + "-"))
                .max(Comparator.comparingInt(window -> window.model.length()));
    }
}
