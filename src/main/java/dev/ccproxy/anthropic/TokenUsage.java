package dev.ccproxy.anthropic;

/**
 * The {@code usage} object of an answer.
 *
 * @param input tokens that were neither read from nor written to the cache
 * @param cacheWrite5m tokens written with five minutes to live: all written tokens where the answer does not split them
 */
public record TokenUsage(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {}
