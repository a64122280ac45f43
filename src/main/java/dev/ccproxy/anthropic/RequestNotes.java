package dev.ccproxy.anthropic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader has taken down of a request so far. For one thread. */
final class RequestNotes {

    @Nullable
    String model;

    @Nullable
    Boolean stream;

    long maxTokens = -1;
    boolean hasThinking;
    boolean hasOutputFormat;
    int tools;
    long toolsFingerprint;
    int systemBlocks;
    long systemFingerprint;

    @Nullable
    String firstSystemText;

    @Nullable
    String sessionId;

    List<String> stopSequences = List.of();
    MessageNotes messages = new MessageNotes();

    RequestNotes copy() {
        RequestNotes copy = new RequestNotes();
        copy.model = model;
        copy.stream = stream;
        copy.maxTokens = maxTokens;
        copy.hasThinking = hasThinking;
        copy.hasOutputFormat = hasOutputFormat;
        copy.tools = tools;
        copy.toolsFingerprint = toolsFingerprint;
        copy.systemBlocks = systemBlocks;
        copy.systemFingerprint = systemFingerprint;
        copy.firstSystemText = firstSystemText;
        copy.sessionId = sessionId;
        copy.stopSequences = stopSequences;
        copy.messages = messages.upTo(messages.chain.count());
        return copy;
    }

    /** Heap bytes, about. */
    long heapBytes() {
        long bytes = 160 + textBytes(model) + textBytes(firstSystemText) + textBytes(sessionId) + messages.heapBytes();
        for (String sequence : stopSequences) {
            bytes += textBytes(sequence);
        }
        return bytes;
    }

    /** Of a text that may have characters beyond Latin 1. */
    static long textBytes(@Nullable String text) {
        return text == null ? 0 : 48 + 2L * text.length();
    }

    RequestFacts facts(List<ReadingMark> marks, int parsedBytes) {
        String lastUserText = messages.lastUserText();
        return new RequestFacts(
                model,
                stream,
                maxTokens,
                hasThinking,
                hasOutputFormat,
                tools,
                systemBlocks,
                firstSystemText,
                sessionId,
                messages.firstUserText,
                lastUserText,
                stopSequences,
                new Conversation(
                        messages.chain.chain(),
                        toolsFingerprint,
                        systemFingerprint,
                        messages.prompt(),
                        messages.results(),
                        messages.opening == null ? List.of() : messages.opening,
                        lastUserText != null && lastUserText.startsWith(MessageContent.CUT_OFF),
                        messages.directory,
                        marks,
                        parsedBytes));
    }
}
