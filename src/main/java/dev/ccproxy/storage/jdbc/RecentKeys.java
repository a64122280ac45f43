package dev.ccproxy.storage.jdbc;

/**
 * Remembers the latest positive numbers by 128-bit keys, in 24 bytes each, up to about a hundred thousand. What is asked
 * for again stays. For one thread.
 */
final class RecentKeys {

    static final long NONE = 0;

    private static final int LEAST_SLOTS = 1 << 8;

    /** Of one generation: 3 MB. */
    private static final int MOST_SLOTS = 1 << 17;

    private static final int SLOT_BYTES = 24;

    private final int mostSlots;
    private Generation young = new Generation();
    private Generation old = new Generation();

    /** Holds at most so many bytes. */
    RecentKeys(long mostBytes) {
        long slots = Long.highestOneBit(mostBytes / 2 / SLOT_BYTES);
        this.mostSlots = Math.clamp(slots, LEAST_SLOTS, MOST_SLOTS);
    }

    /** The number under the key; {@link #NONE} when it is not remembered. */
    long find(long high, long low) {
        long value = young.find(high, low);
        if (value == NONE) {
            value = old.find(high, low);
            if (value != NONE) {
                put(high, low, value);
            }
        }
        return value;
    }

    /** Remembers a number other than {@link #NONE}. */
    void put(long high, long low, long value) {
        if (young.isFull(mostSlots)) {
            old = young;
            young = new Generation();
        }
        young.put(high, low, value);
    }

    void clear() {
        young = new Generation();
        old = new Generation();
    }

    /** An open hash table of (high, low, value), value 0 marking a free slot. */
    private static final class Generation {
        private long[] table = new long[3 * LEAST_SLOTS];
        private int size;

        boolean isFull(int mostSlots) {
            return size >= mostSlots / 4 * 3;
        }

        long find(long high, long low) {
            return table[place(table, high, low) + 2];
        }

        void put(long high, long low, long value) {
            if (size >= table.length / 4) {
                grow();
            }
            int place = place(table, high, low);
            if (table[place + 2] == NONE) {
                size++;
            }
            set(table, place, high, low, value);
        }

        private void grow() {
            long[] larger = new long[table.length * 2];
            for (int from = 0; from < table.length; from += 3) {
                if (table[from + 2] != NONE) {
                    int place = place(larger, table[from], table[from + 1]);
                    set(larger, place, table[from], table[from + 1], table[from + 2]);
                }
            }
            table = larger;
        }

        private static void set(long[] table, int place, long high, long low, long value) {
            table[place] = high;
            table[place + 1] = low;
            table[place + 2] = value;
        }

        /** Where the key stands, or the free slot where it belongs. */
        private static int place(long[] table, long high, long low) {
            int mask = table.length / 3 - 1;
            int slot = (int) ((high ^ low * 0x9E37_79B9_7F4A_7C15L) >>> 20) & mask;
            while (table[3 * slot + 2] != NONE && (table[3 * slot] != high || table[3 * slot + 1] != low)) {
                slot = slot + 1 & mask;
            }
            return 3 * slot;
        }
    }
}
