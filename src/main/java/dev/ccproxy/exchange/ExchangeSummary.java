package dev.ccproxy.exchange;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exchange on one line: what lists and the live feed show. Small on purpose, made without reading a stored body.
 *
 * @param status what the client got; null while no head was sent
 * @param error message of the failure, at most 200 characters; null when there was none
 * @param stopReason Anthropic's {@code stop_reason}
 * @param model the model that answered; null until the answer says so
 * @param requestedModel the model the client asked for
 * @param tool name of the first tool the answer calls
 * @param preview main argument of the first tool call, else the first text; one line, at most 160 characters
 * @param usage null where the answer reported none
 * @param timeToHead from the request head to the answer's head
 * @param timeToFirstContent from the request head to the first content of the message
 * @param duration from the request head to the end; null while running
 * @param requestBytes length of the request body on the wire
 * @param responseBytes length of the answer's body on the wire
 * @param route where a rule sent it; null where it went where the client sent it, and while that is not known
 * @param findings what was worked out about it
 */
public record ExchangeSummary(
        ExchangeId id,
        Instant at,
        Outcome outcome,
        Kind kind,
        String method,
        String path,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String stopReason,
        @Nullable String model,
        @Nullable String requestedModel,
        @Nullable String sessionId,
        @Nullable String agentId,
        @Nullable String parentAgentId,
        @Nullable String tool,
        int toolCount,
        @Nullable String preview,
        @Nullable Usage usage,
        @Nullable Duration timeToHead,
        @Nullable Duration timeToFirstContent,
        @Nullable Duration duration,
        long requestBytes,
        long responseBytes,
        @Nullable RouteTaken route,
        Findings findings) {

    /** The same line with what was worked out about it. */
    public ExchangeSummary with(Findings found) {
        return new ExchangeSummary(
                id,
                at,
                outcome,
                kind,
                method,
                path,
                status,
                error,
                stopReason,
                model,
                requestedModel,
                sessionId,
                agentId,
                parentAgentId,
                tool,
                toolCount,
                preview,
                usage,
                timeToHead,
                timeToFirstContent,
                duration,
                requestBytes,
                responseBytes,
                route,
                found);
    }
}
