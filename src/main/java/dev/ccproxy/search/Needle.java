package dev.ccproxy.search;

import dev.ccproxy.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text to look for, as it stands inside a JSON string: quotes, backslashes and control characters escaped, the rest in
 * UTF-8. The letters A to Z are found in either case, other letters in the given one. What a client wrote as {@code \\u}
 * and four digits without need is not found; Claude Code and the API do not.
 *
 * <p>Looks at about one byte in the needle's length (Horspool, "Practical fast searching in strings", 1980). Immutable;
 * safe for all threads.
 */
public final class Needle {

    private static final byte[] FOLDED = new byte[256];

    static {
        for (int i = 0; i < FOLDED.length; i++) {
            FOLDED[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
        }
    }

    private final byte[] folded;

    /** How far the end of the window may move, by the byte under it; 0 for the needle's last byte. */
    private final int[] moves = new int[256];

    /** How far it may move where the last byte fits and another does not. */
    private final int moveAfterLast;

    private Needle(byte[] folded) {
        this.folded = folded;
        int last = folded.length - 1;
        Arrays.fill(moves, folded.length);
        for (int i = 0; i < last; i++) {
            setMove(folded[i], last - i);
        }
        this.moveAfterLast = moves[folded[last] & 0xFF];
        setMove(folded[last], 0);
    }

    /**
     * The needle of a text.
     *
     * @throws IllegalArgumentException when the text is empty
     */
    public static Needle of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        byte[] bytes = escaped(text).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = FOLDED[bytes[i] & 0xFF];
        }
        return new Needle(bytes);
    }

    /** How many bytes it has. */
    public int length() {
        return folded.length;
    }

    /**
     * The first index in {@code [from, to)} at which it stands whole; -1 where there is none. What stands before
     * {@code from} does not matter.
     */
    public int find(byte[] array, int from, int to) {
        int last = folded.length - 1;
        int end = from + last;
        while (end < to) {
            int move = moves[array[end] & 0xFF];
            if (move != 0) {
                end += move;
            } else if (stands(array, end - last) && !isEscaped(array, from, end - last)) {
                return end - last;
            } else {
                end += moveAfterLast;
            }
        }
        return -1;
    }

    boolean isIn(Bytes text) {
        int from = text.arrayOffset();
        return find(text.array(), from, from + text.length()) >= 0;
    }

    private boolean stands(byte[] array, int at) {
        for (int i = 0; i < folded.length; i++) {
            if (FOLDED[array[at + i] & 0xFF] != folded[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the byte belongs to an escape that began before it: the {@code n} of {@code \\n} is no letter. */
    static boolean isEscaped(byte[] array, int from, int at) {
        int first = at;
        while (first > from && array[first - 1] == '\\') {
            first--;
        }
        return (at - first) % 2 == 1;
    }

    private void setMove(byte folded, int move) {
        moves[folded & 0xFF] = move;
        if (folded >= 'a' && folded <= 'z') {
            moves[folded - 32] = move;
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                default -> {
                    if (character < ' ') {
                        escaped.append("\\u%04x".formatted((int) character));
                    } else {
                        escaped.append(character);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
