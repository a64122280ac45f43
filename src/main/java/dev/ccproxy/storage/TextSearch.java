package dev.ccproxy.storage;

import dev.ccproxy.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds text in what was recorded: request bodies and answers, with tool inputs and results and thinking. Blocking, safe
 * for all threads; few searches run at a time, others wait.
 */
public interface TextSearch {

    /**
     * Some hits, those recorded last first. Takes bounded time and memory: a page that is not full may have a next one all
     * the same, which goes on where this one stopped.
     *
     * <p>A request is found where a text was new in it, not where it is sent again.
     *
     * @param query with free text; all of it must stand in what one request brought, or in one answer
     * @param cursor the {@code next} of the page before; null for the first page
     * @throws IllegalArgumentException for a cursor that no page gave out, or a query without text to look for
     * @throws StoreException when the database cannot answer
     */
    SearchPage search(Query query, int limit, @Nullable String cursor) throws InterruptedException;
}
