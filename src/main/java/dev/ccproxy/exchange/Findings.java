package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What is worked out about an exchange when it is recorded, once, and again by {@code ccproxy reindex}.
 *
 * @param charge null while it runs, and where nothing of it can cost anything
 * @param cache null while it runs, and for exchanges that are no part of a conversation
 * @param waste null where it was not in vain, or cost nothing
 */
public record Findings(
        @Nullable Charge charge,
        @Nullable CacheReading cache,
        @Nullable Waste waste,
        Place place,
        Labels labels) {

    public static final Findings NONE = new Findings(null, null, null, Place.NONE, Labels.NONE);

    /** Where it stands, of an exchange of which no more is known. */
    public static Findings of(Place place, Labels labels) {
        return new Findings(null, null, null, place, labels);
    }

    /** Of its cost, what was in vain: all of a wasted one, else what a cache break cost. Billionths of a dollar. */
    public long wastedNanoUsd() {
        if (waste != null && charge != null) {
            return charge.nanoUsd();
        }
        return cache == null ? 0 : cache.lostNanoUsd();
    }
}
