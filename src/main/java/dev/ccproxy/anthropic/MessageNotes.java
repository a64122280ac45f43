package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a reader has taken down of a request's messages so far. For one thread. */
final class MessageNotes {

    private static final String DIRECTORY_NAMED = "orking directory: ";
    private static final Pattern DIRECTORY = Pattern.compile("(?m)^[ -]*(?:[Pp]rimary )?[Ww]orking directory: (.+)$");
    private static final int MOST_CHARS_BEFORE_DIRECTORY = 40_000;

    /** Claude Code says where it works in its second message; older ones did in the system prompt. */
    private static final int MESSAGES_WITH_DIRECTORY = 3;

    MessageChain.Growing chain = new MessageChain.Growing();

    @Nullable
    String firstUserText;

    @Nullable
    String lastUserText;

    /** Null until the first user message has come. */
    @Nullable
    List<Long> opening;

    @Nullable
    String directory;

    /** Since the last answer. */
    @Nullable
    String prompt;

    List<ToolResult> results = new ArrayList<>();

    MessageNotes copy() {
        MessageNotes copy = upTo(chain.count());
        copy.prompt = prompt;
        copy.results = new ArrayList<>(results);
        return copy;
    }

    /** What is known in front of an answer that so many messages come before. */
    MessageNotes upTo(int messages) {
        MessageNotes copy = new MessageNotes();
        copy.chain = chain.upTo(messages);
        copy.firstUserText = firstUserText;
        copy.lastUserText = lastUserText;
        copy.opening = opening;
        copy.directory = directory;
        return copy;
    }

    /** Takes down a message that was read whole. */
    void add(String role, MessageContent content) {
        chain.add(content.fingerprint(role));
        switch (role) {
            case "user" -> user(content);
            case "assistant" -> {
                prompt = null;
                results.clear();
            }
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
        String beginning = JsonCursor.text(text, MOST_CHARS_BEFORE_DIRECTORY);
        if (beginning.contains(DIRECTORY_NAMED)) {
            Matcher matcher = DIRECTORY.matcher(beginning);
            directory = matcher.find() ? matcher.group(1).strip() : null;
        }
    }

    private void user(MessageContent content) {
        if (opening == null) {
            opening = content.textFingerprints();
            firstUserText = content.said();
        }
        lastUserText = content.last();
        results.addAll(content.results());
        String said = content.prompt();
        prompt = said == null ? prompt : said;
    }
}
