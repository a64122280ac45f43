package dev.ccproxy.anthropic;

/** Cuts a text down to one line of a list. */
final class OneLine {

    static final int MOST_CHARS = 160;

    private OneLine() {}

    /** White space and control characters in a row become one space; at most 160 characters, never half of one. */
    static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MOST_CHARS + 2));
        int i = 0;
        while (i < text.length() && line.length() <= MOST_CHARS) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isBlank(point)) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (Character.getType(point) != Character.SURROGATE) {
                line.appendCodePoint(point);
            }
        }
        return shortened(line.toString().stripTrailing());
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isISOControl(point) || Character.isSpaceChar(point);
    }

    private static String shortened(String line) {
        if (line.length() <= MOST_CHARS) {
            return line;
        }
        int cut = MOST_CHARS - 1;
        if (Character.isLowSurrogate(line.charAt(cut)) && Character.isHighSurrogate(line.charAt(cut - 1))) {
            cut--;
        }
        return line.substring(0, cut) + "…";
    }
}
