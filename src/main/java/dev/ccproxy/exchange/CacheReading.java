package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * How the prompt cache served an exchange.
 *
 * @param cause null for anything but a break
 * @param lostTokens how many tokens could have been read and were not
 * @param lostNanoUsd what these cost more than reading them would have; 0 where no price is known
 * @param savedNanoUsd what the tokens that were read would have cost more without a cache
 */
public record CacheReading(
        CacheResult result, @Nullable CacheCause cause, long lostTokens, long lostNanoUsd, long savedNanoUsd) {}
