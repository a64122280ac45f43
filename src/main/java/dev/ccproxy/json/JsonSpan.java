package dev.ccproxy.json;

import dev.ccproxy.http.Bytes;

/**
 * Where one JSON value lies in its text: from its first byte to behind its last, without white space around it. In
 * {@code {"model": "x"}} the value of {@code model} is {@code [10, 13)}.
 */
public record JsonSpan(int from, int to) {

    public JsonSpan {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no span: " + from + " to " + to);
        }
    }

    public int length() {
        return to - from;
    }

    /** The bytes of the value, without a copy. */
    public Bytes of(Bytes text) {
        return text.slice(from, to);
    }
}
