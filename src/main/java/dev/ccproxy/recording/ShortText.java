package dev.ccproxy.recording;

import org.jspecify.annotations.Nullable;

/** Cuts what comes from outside to the size of a column; the header lines and bodies beside it stay exact. */
final class ShortText {

    /** Ids, names and models are shorter by far. */
    private static final int MOST_IDENTIFIER_CHARS = 256;

    private static final int MOST_TARGET_CHARS = 4_096;

    private ShortText() {}

    static @Nullable String identifier(@Nullable String text) {
        return text == null ? null : cut(text, MOST_IDENTIFIER_CHARS);
    }

    /** Of a request target, or its path. */
    static String target(String text) {
        return cut(text, MOST_TARGET_CHARS);
    }

    static String cut(String text, int mostChars) {
        return text.length() <= mostChars ? text : text.substring(0, mostChars - 1) + "…";
    }
}
