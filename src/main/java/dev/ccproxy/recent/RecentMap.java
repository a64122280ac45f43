package dev.ccproxy.recent;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that were asked for or put last, up to a number; older ones are forgotten. For one thread at a time. */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    public RecentMap(int most) {
        super(64, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
