package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a reader has taken down of a request's messages so far. For one thread. */
final class MessageNotes {

    private static final String DIRECTORY_NAMED = "orking directory: ";
    private static final Pattern DIRECTORY = Pattern.compile("(?m)^[ -]*(?:[Pp]rimary )?[Ww]orking directory: (.+)$");
    private static final int MOST_CHARS_BEFORE_DIRECTORY = 40_000;

    /** A character takes at most six in JSON. */
    private static final int MOST_BYTES_BEFORE_DIRECTORY = 6 * MOST_CHARS_BEFORE_DIRECTORY;

    /** Claude Code says where it works in its second message; older ones did in the system prompt. */
    private static final int MESSAGES_WITH_DIRECTORY = 3;

    /** Clients send one or two. */
    private static final int MOST_UNANSWERED = 1_000;

    MessageChain.Growing chain = new MessageChain.Growing();

    @Nullable
    String firstUserText;

    private @Nullable String lastUserText;

    /** Null until the first user message has come. */
    @Nullable
    List<Long> opening;

    @Nullable
    String directory;

    /** The user's messages since the last answer: what earlier ones say is decoded for none. */
    private final ArrayDeque<MessageContent> unanswered = new ArrayDeque<>();

    /** Null where {@link #lastUserText} is what it says. */
    private @Nullable MessageContent lastOfUser;

    /** As before the first message; what the system prompt told stays. */
    MessageNotes emptied() {
        MessageNotes copy = new MessageNotes();
        copy.directory = directory;
        return copy;
    }

    /** What is known in front of an answer that so many messages come before; holds nothing of the request's bytes. */
    MessageNotes upTo(int messages) {
        MessageNotes copy = new MessageNotes();
        copy.chain = chain.upTo(messages);
        copy.firstUserText = firstUserText;
        copy.lastUserText = lastUserText();
        copy.opening = opening;
        copy.directory = directory;
        return copy;
    }

    /** Heap bytes, about, of what {@link #upTo} gives. */
    long heapBytes() {
        return 80
                + chain.heapBytes()
                + RequestNotes.textBytes(firstUserText)
                + RequestNotes.textBytes(lastUserText)
                + RequestNotes.textBytes(directory)
                + (opening == null ? 0 : 24L * opening.size());
    }

    /** Takes down a message that was read whole. */
    void add(String role, MessageContent content) {
        chain.add(content.fingerprint(role));
        switch (role) {
            case "user" -> user(content);
            case "assistant" -> unanswered.clear();
            default -> {
                // The client's own words to the model.
            }
        }
        if (chain.count() <= MESSAGES_WITH_DIRECTORY) {
            content.texts().forEach(this::directoryIn);
        }
    }

    /** Looks for the working directory, where it is not known yet. */
    void directoryIn(Bytes text) {
        if (directory != null) {
            return;
        }
        // Few texts have it, and to decode one costs far more than to look through its bytes.
        int bytes = Math.min(text.length(), MOST_BYTES_BEFORE_DIRECTORY);
        if (new String(text.array(), text.arrayOffset(), bytes, StandardCharsets.ISO_8859_1)
                .contains(DIRECTORY_NAMED)) {
            Matcher matcher = DIRECTORY.matcher(JsonCursor.text(text, MOST_CHARS_BEFORE_DIRECTORY));
            directory = matcher.find() ? matcher.group(1).strip() : null;
        }
    }

    /** The last text of the last user message. */
    @Nullable
    String lastUserText() {
        if (lastOfUser != null) {
            lastUserText = lastOfUser.last();
            lastOfUser = null;
        }
        return lastUserText;
    }

    /** What the user said since the last answer. */
    @Nullable
    String prompt() {
        return unanswered.reversed().stream()
                .map(MessageContent::prompt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Tool results since the last answer. */
    List<ToolResult> results() {
        return unanswered.stream().flatMap(each -> each.results().stream()).toList();
    }

    private void user(MessageContent content) {
        if (opening == null) {
            opening = content.textFingerprints();
            firstUserText = content.said();
        }
        lastOfUser = content;
        unanswered.add(content);
        if (unanswered.size() > MOST_UNANSWERED) {
            unanswered.removeFirst();
        }
    }
}
