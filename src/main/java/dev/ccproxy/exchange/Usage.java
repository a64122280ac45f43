package dev.ccproxy.exchange;

/**
 * Tokens as the upstream reported them. Anthropic's {@code usage} object: {@code input_tokens}, {@code output_tokens},
 * {@code cache_read_input_tokens}, {@code cache_creation.ephemeral_5m_input_tokens} and {@code ..._1h_...}.
 *
 * @param input tokens that were neither read from nor written to the cache
 * @param cacheWrite5m tokens written with five minutes to live (all written tokens where the answer does not split them)
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {

    /** Every token of the prompt, whatever it cost. */
    public long context() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h;
    }
}
