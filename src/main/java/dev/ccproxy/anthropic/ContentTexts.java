package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonCursor.Kind;
import dev.ccproxy.json.JsonSpan;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one message that matter, as views of the request: a body is walked through once, however long its messages
 * are, and only what is asked for is decoded.
 */
final class ContentTexts {

    private static final String REMINDER = "<system-reminder>";
    private static final int MOST_TYPE_CHARS = 32;

    private @Nullable Bytes last;
    private @Nullable Bytes lastSaid;

    private ContentTexts() {}

    /** Reads the content where the cursor stands: plain text, or a list of blocks. */
    static ContentTexts read(JsonCursor json, Bytes body) {
        ContentTexts texts = new ContentTexts();
        if (json.kind() == Kind.STRING) {
            texts.add(string(json, body));
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                texts.add(textOfBlock(json, body));
            }
        }
        return texts;
    }

    /** The text of the block here, a JSON string; null when it is another kind of block. */
    static @Nullable Bytes textOfBlock(JsonCursor json, Bytes body) {
        Bytes text = null;
        boolean isText = false;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("type")) {
                    isText = "text".equals(json.text(MOST_TYPE_CHARS));
                } else if (json.nameIs("text")) {
                    text = string(json, body);
                }
            }
        }
        return isText ? text : null;
    }

    private static @Nullable Bytes string(JsonCursor json, Bytes body) {
        JsonSpan span = json.kind() == Kind.STRING ? json.span() : null;
        return span == null ? null : span.of(body);
    }

    private void add(@Nullable Bytes text) {
        if (text != null) {
            last = text;
            lastSaid = JsonCursor.text(text, REMINDER.length()).equals(REMINDER) ? lastSaid : text;
        }
    }

    /** What the user said: the last text that is no {@code <system-reminder>}, where there is one. */
    @Nullable
    String prompt() {
        return beginning(lastSaid == null ? last : lastSaid);
    }

    @Nullable
    String last() {
        return beginning(last);
    }

    private static @Nullable String beginning(@Nullable Bytes text) {
        return text == null ? null : JsonCursor.text(text, RequestFacts.MOST_TEXT_CHARS);
    }
}
