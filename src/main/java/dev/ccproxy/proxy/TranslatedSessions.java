package dev.ccproxy.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in which an answer was translated: their histories may hold thinking that only we signed. The latest some
 * thousands. Safe for all threads.
 */
final class TranslatedSessions {

    private static final int MOST = 8_192;

    private final Map<String, Boolean> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(String session) {
        sessions.put(session, true);
    }

    synchronized boolean contains(@Nullable String session) {
        return session != null && sessions.containsKey(session);
    }
}
