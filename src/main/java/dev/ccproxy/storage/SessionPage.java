package dev.ccproxy.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of sessions; {@code next} leads to the one behind it, null for none. */
public record SessionPage(List<SessionRow> items, @Nullable String next) {

    public SessionPage {
        items = List.copyOf(items);
    }
}
