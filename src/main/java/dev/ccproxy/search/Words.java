package dev.ccproxy.search;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.query.Condition;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.Term;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text, for an index that tells where a text may stand: runs of letters, digits and {@code _}, in lower case.
 * Of a long word the beginning counts; runs as long as those of images and signatures count as one word.
 */
public final class Words {

    /** Of longer words only so many characters count. */
    static final int MOST_CHARACTERS = 64;

    /** What base64 is written with, this often without a break, is one word. */
    private static final int ENCODED_CHARACTERS = 256;

    private final Set<String> words = new LinkedHashSet<>();

    /**
     * A word to be looked up.
     *
     * @param begins whether it may be the beginning of the word that stands there
     */
    public record Sought(String word, boolean begins) {}

    /** The words of everything that a text of the query must hold; none when an index is of no use. */
    public static List<Sought> sought(Query query) {
        List<Sought> sought = new ArrayList<>();
        for (Term term : query.terms()) {
            if (!term.excluded() && term.condition() instanceof Condition.Text(String text)) {
                sought(text, sought);
            }
        }
        return sought;
    }

    /** Words with letters beyond ASCII are left out: which of them are alike is not for an index to say. */
    private static void sought(String text, List<Sought> sought) {
        int at = 0;
        while (at < text.length()) {
            int end = wordEnd(text, at);
            if (end > at) {
                String word = text.substring(at, end);
                if (word.chars().allMatch(character -> character < 128)) {
                    sought.add(new Sought(shortened(word), end == text.length()));
                }
            }
            at = Math.max(end, at) + 1;
        }
    }

    /** Adds the words of a text as it stands inside a JSON string, or of a JSON text. */
    public void add(Bytes escaped) {
        String text = new String(escaped.array(), escaped.arrayOffset(), escaped.length(), StandardCharsets.UTF_8);
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '\\') {
                at = escape(text, at + 1);
                continue;
            }
            int end = wordEnd(text, at);
            if (end > at) {
                words.add(shortened(text.substring(at, end)));
                at = pastEncoded(text, at, end);
            } else {
                at++;
            }
        }
    }

    /** All that were added, with spaces between them. */
    public String joined() {
        return String.join(" ", words);
    }

    /** Where the next word may begin behind a backslash: in {@code \\nfile} the first letter belongs to the escape. */
    private int escape(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        if (text.charAt(at) != '\\') {
            return text.charAt(at) == 'u' ? Math.min(text.length(), at + 5) : at + 1;
        }
        // A backslash in the text, behind which many texts have an escape of their own: its letter may be none of the
        // word.
        int end = wordEnd(text, at + 1);
        if (end > at + 2) {
            words.add(shortened(text.substring(at + 2, end)));
        }
        return at + 1;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!Character.isLetterOrDigit(point) && point != '_') {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    private static int pastEncoded(String text, int from, int wordEnd) {
        int end = wordEnd;
        while (end < text.length() && isEncoding(text.charAt(end))) {
            end++;
        }
        return end - from >= ENCODED_CHARACTERS ? end : wordEnd;
    }

    private static boolean isEncoding(char character) {
        return (character < 128 && Character.isLetterOrDigit(character))
                || character == '+'
                || character == '/'
                || character == '=';
    }

    private static String shortened(String word) {
        String part = word.length() <= MOST_CHARACTERS ? word : word.substring(0, MOST_CHARACTERS);
        return part.toLowerCase(Locale.ROOT);
    }
}
