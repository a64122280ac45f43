package dev.ccproxy.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** What came last, by its name; older entries are forgotten. For one thread at a time. */
final class Remembered<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1;

    private static final int MOST = 2_048;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
    }
}
