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

/**
 * How long the prompts of a model may be ({@code context-windows.json}).
 *
 * @param model beginning of the ids it holds for
 * @param tokens of a prompt and its answer together
 * @param source where that was read
 * @param read on which day
 */
public record ContextWindow(String model, long tokens, String source, String read) {

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
