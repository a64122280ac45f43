package dev.ccproxy.json;

import dev.ccproxy.http.ByteSearch;

/** Where JSON values end in an array of bytes. Every {@code after...} gives the index behind one, or -1 for none. */
final class JsonScan {

    private static final byte QUOTE = 1;
    private static final byte OPEN = 2;
    private static final byte CLOSE = 3;
    /** What a byte means outside of strings; 0 is nothing. */
    private static final byte[] STRUCTURE = new byte[256];

    static {
        STRUCTURE['"'] = QUOTE;
        STRUCTURE['{'] = OPEN;
        STRUCTURE['['] = OPEN;
        STRUCTURE['}'] = CLOSE;
        STRUCTURE[']'] = CLOSE;
    }

    private JsonScan() {}

    static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    static JsonCursor.Kind kindAt(byte[] array, int index) {
        return switch (array[index]) {
            case '{' -> JsonCursor.Kind.OBJECT;
            case '[' -> JsonCursor.Kind.ARRAY;
            case '"' -> JsonCursor.Kind.STRING;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonCursor.Kind.NUMBER;
            case 't' -> JsonCursor.Kind.TRUE;
            case 'f' -> JsonCursor.Kind.FALSE;
            case 'n' -> JsonCursor.Kind.NULL;
            default -> JsonCursor.Kind.NONE;
        };
    }

    /** {@code index} is behind the opening quote. */
    static int afterString(byte[] array, int index, int end) {
        int i = index;
        while (true) {
            i = ByteSearch.either(array, i, end, '"', '\\');
            if (i >= end) {
                return -1;
            }
            if (array[i] == '"') {
                return i + 1;
            }
            i += 2;
        }
    }

    /** {@code index} is at an opening bracket; looks only at strings and the balance of brackets. */
    static int afterNested(byte[] array, int index, int end) {
        int depth = 0;
        int i = index;
        while (i < end) {
            switch (STRUCTURE[array[i++] & 0xFF]) {
                case QUOTE -> {
                    i = afterString(array, i, end);
                    if (i < 0) {
                        return -1;
                    }
                }
                case OPEN -> depth++;
                case CLOSE -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {
                    // A byte of a number, a word, white space, a comma or a colon.
                }
            }
        }
        return -1;
    }

    static int afterNumber(byte[] array, int index, int end) {
        int i = index;
        while (i < end && isNumberByte(array[i])) {
            i++;
        }
        byte last = array[i - 1];
        return last >= '0' && last <= '9' ? i : -1;
    }

    private static boolean isNumberByte(byte value) {
        return (value >= '0' && value <= '9')
                || value == '.'
                || value == '-'
                || value == '+'
                || value == 'e'
                || value == 'E';
    }

    static int afterWord(byte[] array, int index, int end, String word) {
        if (end - index < word.length()) {
            return -1;
        }
        for (int i = 0; i < word.length(); i++) {
            if (array[index + i] != word.charAt(i)) {
                return -1;
            }
        }
        return index + word.length();
    }

    static boolean hasBackslash(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] == '\\') {
                return true;
            }
        }
        return false;
    }
}
