package dev.ccproxy.storage;

import java.time.Duration;

/**
 * How long a model took to its first content. Times are right within a fifth.
 *
 * @param exchanges that had any
 */
public record FirstContentTimes(String model, long exchanges, Duration median, Duration p95) {}
