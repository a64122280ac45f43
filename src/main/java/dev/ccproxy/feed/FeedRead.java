package dev.ccproxy.feed;

import java.util.List;

/** What {@link LiveFeed#read} found after a cursor. */
public sealed interface FeedRead {

    /** At least one event, in order. */
    record Events(List<FeedEvent> events) implements FeedRead {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** Events after the cursor are gone; the viewer loads the list anew and goes on at {@code resumeAt}. */
    record Gap(FeedCursor resumeAt) implements FeedRead {}

    /** Nothing happened in the time given. */
    record Quiet() implements FeedRead {}

    /** The feed has ended: the program is stopping. */
    record Closed() implements FeedRead {}
}
