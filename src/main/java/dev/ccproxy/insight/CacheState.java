package dev.ccproxy.insight;

/** What the prompt cache did with a part. */
public enum CacheState {
    READ,
    WRITE,
    /** Sent anew and not cached. */
    NONE,
    /** More than one of these. */
    MIXED;

    static CacheState both(CacheState one, CacheState other) {
        return one == other ? one : MIXED;
    }
}
