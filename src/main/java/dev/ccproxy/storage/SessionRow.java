package dev.ccproxy.storage;

import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.session.Histories;
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
 * @param inferredFrom how it was found; null where the client's header names it
 * @param origin the session from which it was forked; null where it was not
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
        List<Long> contexts,
        @Nullable InferredFrom inferredFrom,
        Histories.@Nullable Origin origin) {

    public SessionRow {
        contexts = List.copyOf(contexts);
    }

    /** The same with what its main agent's latest answers say. */
    public SessionRow with(@Nullable String latestModel, List<Long> latestContexts) {
        return new SessionRow(
                id,
                title,
                titled,
                project,
                first,
                last,
                starred,
                agents,
                turns,
                sums,
                latestModel,
                latestContexts,
                inferredFrom,
                origin);
    }
}
