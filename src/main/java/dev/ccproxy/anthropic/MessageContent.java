package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonCursor.Kind;
import dev.ccproxy.json.JsonSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of one message, as views of the request: it is walked through once, and only what is asked for is decoded.
 */
public final class MessageContent {

    private static final String REMINDER = "<system-reminder>";

    /** How the client asks for the rest of an answer that was cut off. */
    static final String CUT_OFF = "Your response above was cut off";

    /** Texts that stand in user messages but are the client's. */
    private static final List<String> CLIENTS = List.of(
            REMINDER,
            "<task-notification>",
            "<local-command-",
            "<command-",
            "<bash-",
            "Caveat: The messages below",
            "[Request interrupted",
            CUT_OFF,
            "This session is being continued from a previous conversation",
            "CRITICAL: Respond with TEXT ONLY");

    private static final String INTERRUPTED = "[Request interrupted";
    private static final String AGENT_NAMED = "agentId: a";
    private static final Pattern AGENT = Pattern.compile("\\bagentId: (a[0-9a-f]{8,64})\\b");
    private static final int MOST_TYPE_CHARS = 32;
    private static final int MOST_ID_CHARS = 128;

    /** More texts of one message than this are not told apart. */
    private static final int MOST_TEXTS = 64;

    private final Fingerprint blocks = new Fingerprint();
    private final List<Bytes> texts = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();

    /** A tool result, not decoded; {@code content} is its JSON. */
    private record Result(
            Bytes call, boolean error, @Nullable Bytes content) {

        ToolResult decoded() {
            return new ToolResult(JsonCursor.text(call, MOST_ID_CHARS), error, content == null ? null : agent(content));
        }

        /** Only the results of Claude Code's own agent calls say so, near their beginning or at their end. */
        private static @Nullable String agent(Bytes content) {
            int window = 2_000;
            String text = content.length() <= 2 * window
                    ? content.utf8()
                    : content.slice(0, window).utf8()
                            + content.slice(content.length() - window, content.length())
                                    .utf8();
            // Almost no text has it, and the pattern costs a hundred times as much.
            if (!text.contains(AGENT_NAMED)) {
                return null;
            }
            Matcher matcher = AGENT.matcher(text.replace("\\n", "\n"));
            return matcher.find() ? matcher.group(1) : null;
        }
    }

    private MessageContent() {}

    /** Reads the content where the cursor stands: plain text, or a list of blocks. */
    public static MessageContent read(JsonCursor json, Bytes body) {
        MessageContent content = new MessageContent();
        if (json.kind() == Kind.STRING) {
            content.text(string(json, body));
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                content.block(json, body);
            }
        }
        return content;
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

    /** A JSON string without its quotes and without the white space at its end. */
    static Bytes withoutEnd(Bytes string) {
        int end = string.length() - 1;
        while (end > 1 && isBlankAt(string, end)) {
            end -= string.at(end - 1) == ' ' ? 1 : 2;
        }
        return string.slice(1, Math.max(1, end));
    }

    /** A blank or an escaped line end, tabulator or return. */
    private static boolean isBlankAt(Bytes string, int end) {
        byte last = string.at(end - 1);
        return last == ' '
                || (end > 2
                        && string.at(end - 2) == '\\'
                        && (last == 'n' || last == 't' || last == 'r')
                        && (end < 4 || string.at(end - 3) != '\\'));
    }

    private static @Nullable Bytes string(JsonCursor json, Bytes body) {
        JsonSpan span = json.kind() == Kind.STRING ? json.span() : null;
        return span == null ? null : span.of(body);
    }

    private void text(@Nullable Bytes text) {
        if (text != null) {
            blocks.add("text").add(withoutEnd(text));
            if (texts.size() < MOST_TEXTS) {
                texts.add(text);
            }
        }
    }

    private void block(JsonCursor json, Bytes body) {
        String type = "";
        Bytes text = null;
        Bytes call = null;
        boolean error = false;
        Bytes content = null;
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.nameIs("type")) {
                String given = json.text(MOST_TYPE_CHARS);
                type = given == null ? "" : given;
            } else if (json.nameIs("text")) {
                text = string(json, body);
            } else if (json.nameIs("tool_use_id")) {
                call = string(json, body);
            } else if (json.nameIs("is_error")) {
                error = json.kind() == Kind.TRUE;
            } else if (!json.nameIs("cache_control")) {
                boolean isContent = json.nameIs("content");
                blocks.add(json.nameBytes());
                JsonSpan span = json.span();
                Bytes value = span == null ? Bytes.EMPTY : span.of(body);
                blocks.add(value);
                content = isContent ? value : content;
            }
        }
        if (type.equals("text")) {
            text(text);
        } else {
            blocks.add(type).add(call == null ? Bytes.EMPTY : call);
        }
        if (type.equals("tool_result") && call != null) {
            results.add(new Result(call, error, content));
        }
    }

    long fingerprint(String role) {
        return blocks.add(role).value();
    }

    List<ToolResult> results() {
        return results.stream().map(Result::decoded).toList();
    }

    /** What the user said: the last text that is no {@code <system-reminder>}, where there is one. */
    @Nullable
    String said() {
        Bytes said = null;
        for (Bytes text : texts) {
            said = JsonCursor.text(text, REMINDER.length()).equals(REMINDER) ? said : text;
        }
        return said == null ? last() : beginning(said);
    }

    @Nullable
    String last() {
        return texts.isEmpty() ? null : beginning(texts.getLast());
    }

    /** The last text that a user has typed; null where all are the client's. */
    public @Nullable String prompt() {
        String prompt = null;
        boolean interrupted = false;
        for (Bytes each : texts) {
            String text = beginning(each);
            interrupted |= text.startsWith(INTERRUPTED);
            if (!text.isBlank() && CLIENTS.stream().noneMatch(text.stripLeading()::startsWith)) {
                prompt = text;
            }
        }
        // Beside the results of tools stand texts of the tools, unless the user broke in.
        return results.isEmpty() || interrupted ? prompt : null;
    }

    List<Long> textFingerprints() {
        return texts.stream()
                .map(text -> Fingerprint.of(JsonCursor.text(text, Integer.MAX_VALUE)))
                .toList();
    }

    /** JSON strings, at most {@value #MOST_TEXTS}. */
    List<Bytes> texts() {
        return texts;
    }

    private static String beginning(Bytes text) {
        return JsonCursor.text(text, RequestFacts.MOST_TEXT_CHARS);
    }
}
