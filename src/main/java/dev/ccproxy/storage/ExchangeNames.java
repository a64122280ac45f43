package dev.ccproxy.storage;

import java.util.Collection;
import java.util.List;

/** Finds exchanges by names that others gave them. Blocking, safe for all threads; throws {@link StoreException}. */
public interface ExchangeNames {

    /** The exchanges of a session, oldest first; of very many, the newest {@code most}. */
    List<RecordedIds> ofSession(String sessionId, int most);

    /** Exchanges with one of these request ids or one of these message ids, in no order. */
    List<RecordedIds> known(Collection<String> requestIds, Collection<String> messageIds);
}
