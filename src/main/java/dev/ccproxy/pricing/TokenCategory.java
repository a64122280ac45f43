package dev.ccproxy.pricing;

import dev.ccproxy.anthropic.TokenUsage;

/** The kinds of tokens that have a rate of their own. */
public enum TokenCategory {
    INPUT("input tokens"),
    CACHE_READ("tokens read from the cache"),
    CACHE_WRITE_5M("tokens written to the cache for 5 minutes"),
    CACHE_WRITE_1H("tokens written to the cache for 1 hour"),
    OUTPUT("output tokens");

    private final String words;

    TokenCategory(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    long count(TokenUsage usage) {
        return switch (this) {
            case INPUT -> usage.input();
            case OUTPUT -> usage.output();
            case CACHE_READ -> usage.cacheRead();
            case CACHE_WRITE_5M -> usage.cacheWrite5m();
            case CACHE_WRITE_1H -> usage.cacheWrite1h();
        };
    }
}
