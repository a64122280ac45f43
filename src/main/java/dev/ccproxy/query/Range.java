package dev.ccproxy.query;

import org.jspecify.annotations.Nullable;

/**
 * Numbers from one to another, both included.
 *
 * @param from null where there is no least one
 * @param to null where there is no greatest one
 */
public record Range(@Nullable Long from, @Nullable Long to) {

    static Range of(long only) {
        return new Range(only, only);
    }
}
