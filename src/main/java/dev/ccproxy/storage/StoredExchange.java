package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Headers;
import org.jspecify.annotations.Nullable;

/** Everything recorded about one exchange but the bodies themselves; see {@link StoreEvent} for the fields. */
public record StoredExchange(
        ExchangeSummary summary,
        String target,
        String clientAddress,
        @Nullable String tokenName,
        Headers requestHeaders,
        @Nullable BodyFacts requestBody,
        @Nullable String attemptGroup,
        @Nullable Headers responseHeaders,
        @Nullable BodyFacts responseBody,
        @Nullable String requestId,
        @Nullable String messageId,
        String detail) {}
