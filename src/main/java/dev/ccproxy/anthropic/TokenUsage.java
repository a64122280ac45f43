package dev.ccproxy.anthropic;

import org.jspecify.annotations.Nullable;

/**
 * The {@code usage} object of an answer.
 *
 * @param input tokens that were neither read from nor written to the cache
 * @param cacheWrite5m tokens written with five minutes to live: all written tokens where the answer does not split them
 * @param webSearches {@code server_tool_use.web_search_requests}
 */
public record TokenUsage(
        long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h, long webSearches, Terms terms) {

    /** Every token of the prompt, whatever it cost. */
    public long prompt() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h;
    }

    /**
     * On what terms the request was served; null where the answer does not say.
     *
     * @param serviceTier such as {@code standard}, {@code batch} or {@code priority}
     * @param inferenceGeo such as {@code us} or {@code not_available}
     * @param speed such as {@code fast}
     */
    public record Terms(
            @Nullable String serviceTier,
            @Nullable String inferenceGeo,
            @Nullable String speed) {

        /** An answer that says nothing about its terms. */
        public static final Terms UNSAID = new Terms(null, null, null);
    }
}
