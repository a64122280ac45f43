package dev.ccproxy.proxy;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.upstream.CircuitBreaker;
import dev.ccproxy.upstream.Upstream;
import java.util.Map;
import java.util.Objects;

/**
 * The ways to all providers from one event loop, and what is known about whether they work, which all loops share.
 *
 * @param breakers by provider; the one that requests go to anyway has one too
 */
public record Providers(Map<String, Upstream> upstreams, Map<String, CircuitBreaker> breakers) {

    public Providers {
        upstreams = Map.copyOf(upstreams);
        breakers = Map.copyOf(breakers);
    }

    /** Where requests go that no rule sends elsewhere. */
    Upstream usual() {
        return of(ProviderSettings.ANTHROPIC);
    }

    Upstream of(String provider) {
        return Objects.requireNonNull(upstreams.get(provider), provider);
    }

    CircuitBreaker breaker(String provider) {
        return Objects.requireNonNull(breakers.get(provider), provider);
    }
}
