package dev.ccproxy.insight;

import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request read the prompt cache that the one before it in its thread had left, and why not.
 *
 * @param cause null for anything but a break
 * @param at path of the first part that differs; null where none does
 * @param label what that part is called
 * @param expectedTokens that could have been read
 * @param lostTokens of these, how many were not
 * @param certain whether the cause was seen; else it is what is left when nothing else explains the break
 */
public record CacheVerdict(
        CacheResult result,
        @Nullable CacheCause cause,
        @Nullable String at,
        @Nullable String label,
        long expectedTokens,
        long lostTokens,
        boolean certain) {

    static CacheVerdict of(CacheResult result, long expectedTokens) {
        return new CacheVerdict(result, null, null, null, expectedTokens, 0, true);
    }
}
