package dev.ccproxy.transcript;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one file says, read without keeping its text.
 *
 * @param types how many records there are of each type, kinds that this program does not know included
 * @param broken lines that are no JSON object
 * @param tooLong lines that were passed over for their length
 * @param start earliest time of a record; null where none has a time
 * @param firstPrompt what the user said first; its beginning
 * @param cwd where the client worked last
 * @param versions of the client, oldest first
 * @param failures answers that the client made up to say what failed
 * @param answers of the API, in the order of the file
 * @param tokens of all answers, by the model that answered
 */
public record TranscriptFacts(
        long records,
        Map<String, Long> types,
        long broken,
        long tooLong,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable String firstPrompt,
        @Nullable String title,
        @Nullable String cwd,
        @Nullable String gitBranch,
        List<String> versions,
        long failures,
        List<TranscriptAnswer> answers,
        Map<String, TokenSums> tokens) {}
