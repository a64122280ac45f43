package dev.ccproxy.translate;

/** Follows a JSON object that comes in pieces and knows when it is whole. */
final class JsonBalance {

    private int depth;
    private boolean opened;
    private boolean inString;
    private boolean escaped;

    void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            add(piece.charAt(i));
        }
    }

    private void add(char c) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = c == '\\';
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            depth++;
            opened = true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }

    boolean whole() {
        return opened && depth <= 0 && !inString;
    }
}
