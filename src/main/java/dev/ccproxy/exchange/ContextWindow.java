package dev.ccproxy.exchange;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many tokens a model takes, as the vendor's pages said in November 2026. */
public final class ContextWindow {

    private static final long LONG = 1_000_000;
    private static final long SHORT = 200_000;
    private static final Pattern FIFTH = Pattern.compile("claude-(?:opus|sonnet|haiku|fable|mythos)-5\\b.*");

    private ContextWindow() {}

    /**
     * The window of a model; null where none is known.
     *
     * @param seen input tokens that it was seen to take: an option may give older models the long one
     */
    public static @Nullable Long of(@Nullable String model, long seen) {
        if (model == null || !model.startsWith("claude-")) {
            return null;
        }
        return FIFTH.matcher(model).matches() || seen > SHORT ? LONG : SHORT;
    }
}
