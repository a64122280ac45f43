package dev.ccproxy.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads sessions: blocking, safe for all threads. Throws {@link StoreException} when the database cannot answer. */
public interface SessionReader {

    /**
     * One page, the latest active first; reads no exchange but the latest of each session.
     *
     * @param text to be found in title, project or id; null for all
     * @throws IllegalArgumentException for a cursor that no page gave out
     */
    SessionPage sessions(@Nullable String text, int limit, @Nullable String cursor);

    Optional<StoredSession> session(String id);

    /** The line of a session in the list. */
    Optional<SessionRow> row(String id);

    /** Titles by id, of those sessions that have one. */
    Map<String, String> titles(Collection<String> ids);

    /**
     * Turns with numbers above {@code after}, in their order, at most {@code limit}; what belongs to no turn comes as turn
     * null, before all others, when {@code after} is negative.
     */
    List<StoredTurn> turns(String id, int after, int limit);
}
