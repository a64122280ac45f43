package dev.ccproxy.storage;

import java.util.List;

/** What people have put on an exchange: a star, and tags in the order of the alphabet. */
public record Marks(boolean starred, List<String> tags) {

    public Marks {
        tags = List.copyOf(tags);
    }
}
