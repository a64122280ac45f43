package dev.ccproxy.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session on one line.
 *
 * @param id what the client calls it
 * @param titled whether the client gave the title; else it is the first prompt
 * @param project working directory
 * @param last start of its latest exchange
 * @param agents how many there are, the main one included
 * @param turns user prompts
 * @param model of the main agent's latest answer
 * @param contexts input tokens of the main agent's latest answers, oldest first
 */
public record SessionRow(
        String id,
        @Nullable String title,
        boolean titled,
        @Nullable String project,
        Instant first,
        Instant last,
        boolean starred,
        int agents,
        int turns,
        Sums sums,
        @Nullable String model,
        List<Long> contexts) {

    public SessionRow {
        contexts = List.copyOf(contexts);
    }
}
