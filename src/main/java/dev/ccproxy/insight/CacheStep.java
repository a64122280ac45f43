package dev.ccproxy.insight;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the verdict needs to know of one request.
 *
 * @param at when it was sent: reading the cache begins its time to live anew
 * @param model the model that answered
 * @param usage null where none was reported
 */
public record CacheStep(
        Instant at,
        Kind kind,
        @Nullable String model,
        @Nullable Usage usage) {}
