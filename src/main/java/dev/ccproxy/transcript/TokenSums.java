package dev.ccproxy.transcript;

import dev.ccproxy.anthropic.TokenUsage;

/**
 * Tokens of several answers.
 *
 * @param answers how many there are
 */
public record TokenSums(long answers, long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {

    static final TokenSums NONE = new TokenSums(0, 0, 0, 0, 0, 0);

    TokenSums plus(TokenUsage usage) {
        return plus(new TokenSums(
                1, usage.input(), usage.output(), usage.cacheRead(), usage.cacheWrite5m(), usage.cacheWrite1h()));
    }

    TokenSums minus(TokenUsage usage) {
        return plus(new TokenSums(
                -1, -usage.input(), -usage.output(), -usage.cacheRead(), -usage.cacheWrite5m(), -usage.cacheWrite1h()));
    }

    TokenSums plus(TokenSums other) {
        return new TokenSums(
                answers + other.answers,
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h);
    }
}
