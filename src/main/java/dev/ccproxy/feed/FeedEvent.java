package dev.ccproxy.feed;

import dev.ccproxy.http.Bytes;

/** One change of one exchange, already in the form that viewers get: JSON on one line. */
public record FeedEvent(FeedCursor cursor, Bytes json) {}
