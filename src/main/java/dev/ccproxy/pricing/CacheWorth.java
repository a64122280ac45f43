package dev.ccproxy.pricing;

/**
 * What the prompt cache meant in money, in billionths of a dollar.
 *
 * @param savedNanoUsd what the tokens that were read would have cost more as plain input
 * @param lostNanoUsd what tokens that were not read, and could have been, cost more than reading them
 */
public record CacheWorth(long savedNanoUsd, long lostNanoUsd) {

    public static final CacheWorth NOTHING = new CacheWorth(0, 0);
}
