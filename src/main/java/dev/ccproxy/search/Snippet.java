package dev.ccproxy.search;

import dev.ccproxy.json.JsonText;

/** Cuts what stands around a match out of the inside of a JSON string. */
final class Snippet {

    private static final int BEFORE_BYTES = 80;
    private static final int AFTER_CHARS = 160;

    private Snippet() {}

    /** The match is {@code [at, at + length)} in the string {@code [from, to)}. */
    static Place around(String path, byte[] array, int from, int to, int at, int length) {
        String before = decode(array, start(array, from, at), at);
        String match = decode(array, at, at + length);
        String after = JsonText.decode(array, at + length, to, AFTER_CHARS);
        return new Place(path, before + match + after, before.length(), before.length() + match.length());
    }

    private static String decode(byte[] array, int from, int to) {
        return JsonText.decode(array, from, to, Integer.MAX_VALUE / 8);
    }

    /** Some bytes before the match, where neither a character nor an escape is torn. */
    private static int start(byte[] array, int from, int at) {
        int start = Math.max(from, at - BEFORE_BYTES);
        if (start == from) {
            return start;
        }
        for (int escape = Math.max(from, start - 5); escape < start; escape++) {
            if (array[escape] == '\\' && !Needle.isEscaped(array, from, escape)) {
                int behind = escape + (array[escape + 1] == 'u' ? 6 : 2);
                start = Math.max(start, Math.min(behind, at));
            }
        }
        while (start < at && (array[start] & 0xC0) == 0x80) {
            start++;
        }
        return start;
    }
}
