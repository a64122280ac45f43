package dev.ccproxy.storage.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that were asked for or put last, up to a number. For one thread. */
final class RecentMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    RecentMap(int most) {
        super(64, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
