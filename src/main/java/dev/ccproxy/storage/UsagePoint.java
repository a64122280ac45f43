package dev.ccproxy.storage;

import java.time.Instant;

/**
 * What was used in a stretch of time.
 *
 * @param key value of the dimension; empty where none is known
 * @param at its beginning
 */
public record UsagePoint(String key, Instant at, Sums sums) {}
