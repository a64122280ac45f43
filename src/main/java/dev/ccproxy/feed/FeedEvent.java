package dev.ccproxy.feed;

import dev.ccproxy.http.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One change of one exchange, already in the form that viewers get: JSON on one line.
 *
 * @param session id of the exchange's session; null where it has none
 */
public record FeedEvent(FeedCursor cursor, @Nullable String session, Bytes json) {}
