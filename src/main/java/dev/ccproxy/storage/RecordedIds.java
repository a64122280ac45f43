package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By which names an exchange is known elsewhere.
 *
 * @param agentId null for the main agent
 * @param requestId the upstream's {@code request-id}
 * @param messageId of the message that answered
 */
public record RecordedIds(
        ExchangeId id,
        Instant at,
        Kind kind,
        Outcome outcome,
        @Nullable String sessionId,
        @Nullable String agentId,
        @Nullable String requestId,
        @Nullable String messageId) {}
