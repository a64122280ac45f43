package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What is worked out about an exchange when it is recorded, once, and again by {@code ccproxy reindex}.
 *
 * @param charge null while it runs, and where nothing of it can cost anything
 * @param cache null while it runs, and for exchanges that are no part of a conversation
 */
public record Findings(@Nullable Charge charge, @Nullable CacheReading cache) {

    public static final Findings NONE = new Findings(null, null);
}
