package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a {@code POST /v1/messages} says, read without building its tree. Texts are the first
 * {@link #MOST_TEXT_CHARS} characters.
 *
 * @param stream null where the body does not say
 * @param maxTokens -1 where the body does not say
 * @param hasThinking whether there is a {@code thinking} member
 * @param hasOutputFormat whether the answer is asked for in a format ({@code output_config.format})
 * @param systemBlocks blocks of {@code system}; 1 where it is plain text
 * @param sessionId from {@code metadata.user_id}, in today's form (JSON) or the older one
 * @param firstUserText the prompt: the last text of the first user message that is no {@code <system-reminder>}
 * @param lastUserText the last text of the last user message
 * @param conversation what it says of its conversation
 */
public record RequestFacts(
        @Nullable String model,
        @Nullable Boolean stream,
        long maxTokens,
        boolean hasThinking,
        boolean hasOutputFormat,
        int tools,
        int systemBlocks,
        @Nullable String firstSystemText,
        @Nullable String sessionId,
        @Nullable String firstUserText,
        @Nullable String lastUserText,
        List<String> stopSequences,
        Conversation conversation) {

    /** As much of a text as is kept. */
    public static final int MOST_TEXT_CHARS = 400;

    public RequestFacts {
        stopSequences = List.copyOf(stopSequences);
    }

    /** Reads a request's body; empty when it is no JSON object. */
    public static Optional<RequestFacts> of(Bytes body) {
        return of(body, List.of());
    }

    /** The same, reading on from the last of these marks that fits: their number of bytes is not looked at again. */
    public static Optional<RequestFacts> of(Bytes body, List<ReadingMark> marks) {
        return new RequestReader(body, marks).read();
    }

    /** What Claude Code says about itself; empty for other clients. */
    public Optional<Attribution> attribution() {
        return Optional.ofNullable(firstSystemText).flatMap(Attribution::of);
    }
}
