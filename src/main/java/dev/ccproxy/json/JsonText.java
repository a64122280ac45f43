package dev.ccproxy.json;

import java.nio.charset.StandardCharsets;

/** The inside of JSON strings. */
public final class JsonText {

    private JsonText() {}

    /**
     * The characters between the quotes of a string, at most {@code maxChars} and never half of a surrogate pair. Half
     * pairs that the string itself holds stay; a backslash before anything that JSON does not know is kept as it stands.
     */
    public static String decode(byte[] array, int from, int to, int maxChars) {
        // A character takes at most 6 bytes (backslash, u, 4 digits), so this many are enough for a prefix.
        int enough = (int) Math.min(to, from + 6L * maxChars + 12L);
        int stop = firstBackslash(array, from, enough);
        String plain = new String(array, from, wholeCharacters(array, from, stop, to) - from, StandardCharsets.UTF_8);
        if (stop == enough) {
            return prefix(plain, maxChars);
        }
        StringBuilder text = new StringBuilder(Math.min(enough - from, 1 << 16)).append(plain);
        int i = stop;
        while (i < enough && text.length() <= maxChars) {
            if (array[i] == '\\') {
                i = appendEscape(array, i, to, text);
            } else {
                int next = firstBackslash(array, i, enough);
                text.append(new String(array, i, wholeCharacters(array, i, next, to) - i, StandardCharsets.UTF_8));
                i = next;
            }
        }
        return prefix(text.toString(), maxChars);
    }

    private static int firstBackslash(byte[] array, int from, int to) {
        int i = from;
        while (i < to && array[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Where a cut at {@code stop} tears no UTF-8 sequence; there is nothing to tear at the real end. */
    private static int wholeCharacters(byte[] array, int from, int stop, int to) {
        int i = stop;
        while (i < to && i > from && (array[i] & 0xC0) == 0x80) {
            i--;
        }
        return i;
    }

    /** Returns the index behind the escape at {@code i}. */
    private static int appendEscape(byte[] array, int i, int to, StringBuilder text) {
        if (i + 1 >= to) {
            text.append('\\');
            return i + 1;
        }
        switch (array[i + 1]) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case '"', '\\', '/' -> text.append((char) array[i + 1]);
            case 'u' -> {
                int unit = hex(array, i + 2, to);
                if (unit >= 0) {
                    text.append((char) unit);
                    return i + 6;
                }
                text.append("\\u");
            }
            default -> {
                text.append('\\');
                return i + 1;
            }
        }
        return i + 2;
    }

    private static int hex(byte[] array, int from, int to) {
        if (to - from < 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit((char) (array[i] & 0xFF), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The JSON text with each half of a surrogate pair that has no other half written as an escape. */
    static String withEscapedHalves(String json) {
        int half = loneHalf(json, 0);
        if (half < 0) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length() + 16);
        int from = 0;
        while (half >= 0) {
            text.append(json, from, half).append(String.format("\\u%04x", (int) json.charAt(half)));
            from = half + 1;
            half = loneHalf(json, from);
        }
        return text.append(json, from, json.length()).toString();
    }

    private static int loneHalf(String text, int from) {
        int i = from;
        while (i < text.length()) {
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (!pair && Character.isSurrogate(text.charAt(i))) {
                return i;
            }
            i += pair ? 2 : 1;
        }
        return -1;
    }

    private static String prefix(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int cut = maxChars > 0 && Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, cut);
    }
}
