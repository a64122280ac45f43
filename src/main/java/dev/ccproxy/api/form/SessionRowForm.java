package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.ContextWindow;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.session.Histories;
import dev.ccproxy.storage.SessionRow;
import dev.ccproxy.storage.Sums;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session on one line. */
public record SessionRowForm(
        @JsonPropertyDescription("What the client calls it; a path segment.")
        String id,

        @JsonPropertyDescription("The client's own title, else the first prompt.") @Nullable
        String title,

        @JsonPropertyDescription("Working directory.") @Nullable
        String project,

        @JsonPropertyDescription("Model of the main agent's latest answer.") @Nullable
        String model,

        @JsonPropertyDescription("Start of its first exchange, in milliseconds since 1970.")
        long start,

        @JsonPropertyDescription("Start of its latest exchange.")
        long end,

        @JsonPropertyDescription("Exchanges.") long n,

        @JsonPropertyDescription("Agents, the main one included.")
        int agents,

        @JsonPropertyDescription("User prompts.") int turns,

        MoneyForm cost,
        @JsonPropertyDescription("Output tokens.") long out,

        @JsonPropertyDescription("Input tokens read from the cache.")
        long read,

        @JsonPropertyDescription("All input tokens.") long total,

        @JsonPropertyDescription("Cache breaks.") long breaks,

        @JsonPropertyDescription("Failed exchanges.") long errors,

        @JsonPropertyDescription("USD paid in vain.") BigDecimal wasted,

        @JsonPropertyDescription("USD saved by reading from the cache.")
        BigDecimal saved,

        @JsonPropertyDescription("Input tokens of the main agent's latest answer.") @Nullable
        Long ctx,

        @JsonPropertyDescription("How many that model takes.") @Nullable
        Long window,

        @JsonPropertyDescription("Input tokens of the main agent's latest 40 answers, oldest first.")
        List<Long> spark,

        boolean starred,

        @JsonPropertyDescription(
                "How the session was found; absent where the client's header names it. `metadata`: the body names it. `content`: its requests go on with each other.")
        @Nullable
        InferredFrom inferred,

        @JsonPropertyDescription("The session of which it took over the history; absent where it begins one.") @Nullable
        Fork forkedFrom) {

    /** Where a session comes from. */
    public record Fork(
            @JsonPropertyDescription("Id of the session.") String session,

            @JsonPropertyDescription("How many of its messages were taken over.")
            int messages) {}

    public static SessionRowForm of(SessionRow row) {
        Sums sums = row.sums();
        List<Long> contexts = row.contexts();
        Histories.Origin origin = row.origin();
        return new SessionRowForm(
                row.id(),
                row.title(),
                row.project(),
                row.model(),
                row.first().toEpochMilli(),
                row.last().toEpochMilli(),
                sums.exchanges(),
                row.agents(),
                row.turns(),
                MoneyForm.of(sums),
                sums.out(),
                sums.read(),
                sums.input() + sums.read() + sums.write(),
                sums.breaks(),
                sums.failed(),
                Dollars.of(sums.wastedNano()),
                Dollars.of(sums.savedNano()),
                contexts.isEmpty() ? null : contexts.getLast(),
                ContextWindow.of(row.model(), contexts.isEmpty() ? 0 : Collections.max(contexts)),
                contexts,
                row.starred(),
                row.inferredFrom(),
                origin == null ? null : new Fork(origin.session(), origin.messages()));
    }
}
