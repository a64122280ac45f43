package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.insight.CacheVerdict;
import org.jspecify.annotations.Nullable;

/** Whether a request read the prompt cache, and why not. */
public record CacheForm(
        CacheResult state,

        @JsonPropertyDescription("Why the cache was not read; absent but for a break.") @Nullable
        CacheCause cause,

        @JsonPropertyDescription(
                "Whether the cause was seen; else it is what is left when nothing else explains the break.")
        boolean certain,

        @JsonPropertyDescription("Where the request differs first from the one before it.") @Nullable
        String at,

        @Nullable String label,

        @JsonPropertyDescription("Tokens that could have been read.")
        long expectedTokens,

        @JsonPropertyDescription("Of these, how many were not.")
        long lostTokens,

        @JsonPropertyDescription("Id of the exchange that left the cache.") @Nullable
        String base) {

    public static CacheForm of(CacheVerdict verdict, @Nullable ExchangeId base) {
        return new CacheForm(
                verdict.result(),
                verdict.cause(),
                verdict.certain(),
                verdict.at(),
                verdict.label(),
                verdict.expectedTokens(),
                verdict.lostTokens(),
                base == null ? null : base.toString());
    }
}
