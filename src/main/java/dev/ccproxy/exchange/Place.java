package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Where an exchange stands in its session.
 *
 * @param turn number of the turn, from 1; null where it belongs to none
 * @param attempt which attempt at the same request it is, from 1
 * @param reason why it was sent again; null for a first attempt
 * @param divergedAt index of the first message that is another than in the request before it in its thread: the history
 *     was rewound, forked or compacted; null where it only goes on
 */
public record Place(
        @Nullable Integer turn,
        int attempt,
        @Nullable AttemptReason reason,
        @Nullable Integer divergedAt) {

    public static final Place NONE = new Place(null, 1, null, null);
}
