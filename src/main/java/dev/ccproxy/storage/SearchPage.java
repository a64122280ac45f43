package dev.ccproxy.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some hits of a search.
 *
 * @param next opaque cursor of what was not looked at; null when that is nothing
 */
public record SearchPage(List<SearchHit> hits, @Nullable String next) {
    public SearchPage {
        hits = List.copyOf(hits);
    }
}
