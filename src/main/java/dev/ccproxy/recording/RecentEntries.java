package dev.ccproxy.recording;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was put or asked for last, by its key, bounded in bytes: for more, the entry that was not needed for longest goes.
 * For one thread at a time.
 */
final class RecentEntries<K, V> {

    /** Of a key with its place in the map. */
    private static final long ENTRY_BYTES = 300;

    private record Entry<V>(V value, long bytes) {}

    private final long mostBytes;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    RecentEntries(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Null when it is not there any more. */
    @Nullable
    V get(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /** What is larger than everything together may be is not kept. */
    void put(K key, V value, long valueBytes) {
        Entry<V> entry = new Entry<>(value, ENTRY_BYTES + valueBytes);
        Entry<V> before = entries.put(key, entry);
        heldBytes += entry.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Entry<V>> eldest = entries.values().iterator();
        while (heldBytes > mostBytes) {
            heldBytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
