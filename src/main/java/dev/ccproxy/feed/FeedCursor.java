package dev.ccproxy.feed;

import java.util.Optional;

/**
 * A place in the live feed: everything up to and including {@code sequence} has been seen. Opaque to viewers; its text
 * form, such as {@code 5f0c2a91-1042}, is the {@code id:} of an event.
 *
 * @param boot names the run of the program that gave the number; numbers of another run mean nothing here
 */
public record FeedCursor(String boot, long sequence) {

    public static Optional<FeedCursor> parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FeedCursor(text.substring(0, dash), Long.parseLong(text.substring(dash + 1))));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return boot + "-" + sequence;
    }
}
