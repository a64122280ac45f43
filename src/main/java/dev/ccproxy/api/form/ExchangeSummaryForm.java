package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ContextWindow;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.exchange.Waste;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An exchange on one line: a row of a list, and what the live feed sends. */
public record ExchangeSummaryForm(
        @JsonPropertyDescription("Id of the exchange; ids ascend with time.")
        String id,

        @JsonPropertyDescription("When the request began, in milliseconds since 1970.")
        long at,

        @JsonPropertyDescription("How it ended, or running.")
        Outcome outcome,

        @JsonPropertyDescription("What it was for.") Kind kind,
        String method,
        @JsonPropertyDescription("Path without query.") String path,

        @JsonPropertyDescription("HTTP status that the client got.") @Nullable
        Integer status,

        @JsonPropertyDescription("Message of the failure, at most 200 characters.") @Nullable
        String error,

        @JsonPropertyDescription("Stop reason of the message.") @Nullable
        String stop,

        @JsonPropertyDescription("Model that answered.") @Nullable
        String model,

        @JsonPropertyDescription("Model that the client asked for.") @Nullable
        String requestedModel,

        @JsonPropertyDescription("The provider that a rule sent it to; absent where it went where the client sent it.")
        @Nullable
        String provider,

        @JsonPropertyDescription("The model that was asked of that provider.") @Nullable
        String routedModel,

        @JsonPropertyDescription("The rule that sent it there.") @Nullable
        String rule,

        @Nullable String sessionId,

        @JsonPropertyDescription(
                "How the session was found; absent where the client's header names it. `metadata`: the body names it. `content`: the request goes on with another.")
        @Nullable
        InferredFrom inferred,

        @JsonPropertyDescription("What kind of agent asked.")
        AgentRole agent,

        @JsonPropertyDescription("Id of the subagent; absent for the main agent.") @Nullable
        String agentId,

        @JsonPropertyDescription("Id of the agent that started this one.") @Nullable
        String parentAgentId,

        @JsonPropertyDescription("What the subagent is, such as code-reviewer; absent while that is not known.")
        @Nullable
        String agentName,

        @JsonPropertyDescription("Title of the session: the client's own, else the first prompt.") @Nullable
        String session,

        @JsonPropertyDescription("Working directory of the session.") @Nullable
        String project,

        @JsonPropertyDescription("Number of the user's prompt in the session that caused it, from 1.") @Nullable
        Integer turn,

        @JsonPropertyDescription("Which attempt at the same request it is; absent for the first.") @Nullable
        Integer attempt,

        @JsonPropertyDescription("Why the request was sent again.") @Nullable
        AttemptReason attemptReason,

        @JsonPropertyDescription(
                "Index of the first message that is another than in the request before: the history was rewound, forked or compacted.")
        @Nullable
        Integer divergedAt,

        @JsonPropertyDescription("Name of the first tool that the answer calls.") @Nullable
        String tool,

        @JsonPropertyDescription("How many tools the answer calls.")
        int toolCount,

        @JsonPropertyDescription("Main argument of the first tool call, else the first text; one line.") @Nullable
        String preview,

        @JsonPropertyDescription("Input tokens neither read from nor written to the cache.") @Nullable
        Long input,

        @JsonPropertyDescription("Input tokens read from the cache.") @Nullable
        Long read,

        @JsonPropertyDescription("Input tokens written to the cache for five minutes.") @Nullable
        Long write5m,

        @JsonPropertyDescription("Input tokens written to the cache for an hour.") @Nullable
        Long write1h,

        @JsonPropertyDescription("Output tokens.") @Nullable Long out,

        @JsonPropertyDescription("All input tokens: input, read and written.") @Nullable
        Long ctx,

        @JsonPropertyDescription("How many input tokens the model takes; absent where that is not known.") @Nullable
        Long window,

        @JsonPropertyDescription("What it cost, in USD; absent where no price is known.") @Nullable
        BigDecimal cost,

        @JsonPropertyDescription("How sure that is.") @Nullable
        Certainty certainty,

        @JsonPropertyDescription("What happened to the prompt cache that an earlier request of the agent had left.")
        @Nullable
        CacheResult cache,

        @JsonPropertyDescription("Why that was not read; absent but for a break.") @Nullable
        CacheCause cause,

        @JsonPropertyDescription("Why all of the cost was in vain.") @Nullable
        Waste waste,

        @JsonPropertyDescription(
                "Of the cost, what was in vain, in USD: all of it where `waste` says why, else what a cache break cost.")
        @Nullable
        BigDecimal wasted,

        @JsonPropertyDescription("What reading from the cache saved, in USD.") @Nullable
        BigDecimal saved,

        @JsonPropertyDescription("Milliseconds to the head of the answer.") @Nullable
        Long ttfb,

        @JsonPropertyDescription("Milliseconds to the first content of the message.") @Nullable
        Long ttft,

        @JsonPropertyDescription("Milliseconds to the end; absent while running.") @Nullable
        Long dur,

        @JsonPropertyDescription("Length of the request body on the wire.")
        long reqBytes,

        @JsonPropertyDescription("Length of the answer's body on the wire.")
        long resBytes) {

    public static ExchangeSummaryForm of(ExchangeSummary summary) {
        Usage usage = summary.usage();
        RouteTaken route = summary.route();
        Place place = summary.findings().place();
        Labels labels = summary.findings().labels();
        Charge charge = summary.findings().charge();
        CacheReading cache = summary.findings().cache();
        return new ExchangeSummaryForm(
                summary.id().toString(),
                summary.at().toEpochMilli(),
                summary.outcome(),
                summary.kind(),
                summary.method(),
                summary.path(),
                summary.status(),
                summary.error(),
                summary.stopReason(),
                summary.model(),
                summary.requestedModel(),
                route == null ? null : route.provider(),
                route == null ? null : route.model(),
                route == null ? null : route.rule(),
                summary.sessionId(),
                labels.inferredFrom(),
                AgentRole.of(summary),
                summary.agentId(),
                summary.parentAgentId(),
                labels.agent(),
                labels.title(),
                labels.project(),
                place.turn(),
                place.attempt() == 1 ? null : place.attempt(),
                place.reason(),
                place.divergedAt(),
                summary.tool(),
                summary.toolCount(),
                summary.preview(),
                usage == null ? null : usage.input(),
                usage == null ? null : usage.cacheRead(),
                usage == null ? null : usage.cacheWrite5m(),
                usage == null ? null : usage.cacheWrite1h(),
                usage == null ? null : usage.output(),
                usage == null ? null : usage.context(),
                usage == null ? null : ContextWindow.of(summary.model(), usage.context()),
                charge == null || charge.certainty() == Certainty.UNPRICED ? null : Dollars.of(charge.nanoUsd()),
                charge == null ? null : charge.certainty(),
                cache == null ? null : cache.result(),
                cache == null ? null : cache.cause(),
                summary.findings().waste(),
                Dollars.orNull(summary.findings().wastedNanoUsd()),
                cache == null ? null : Dollars.orNull(cache.savedNanoUsd()),
                millis(summary.timeToHead()),
                millis(summary.timeToFirstContent()),
                millis(summary.duration()),
                summary.requestBytes(),
                summary.responseBytes());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
