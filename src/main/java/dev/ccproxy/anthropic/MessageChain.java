package dev.ccproxy.anthropic;

import java.util.Arrays;

/**
 * The messages of a request as one fingerprint each, in their order. What a client changes by itself from turn to turn
 * ({@code cache_control}, a lone text as string or block, white space at the end of a text) changes none. Immutable; safe
 * for all threads.
 */
public final class MessageChain {

    public static final MessageChain EMPTY = new MessageChain(new long[0], 0);

    private final long[] messages;
    private final int count;

    private MessageChain(long[] messages, int count) {
        this.messages = messages;
        this.count = count;
    }

    public int count() {
        return count;
    }

    /** Heap bytes, about. */
    public long heapBytes() {
        return 48 + 8L * messages.length;
    }

    /** How many messages both begin with. */
    public int common(MessageChain other) {
        int mismatch = Arrays.mismatch(messages, 0, count, other.messages, 0, other.count);
        return mismatch < 0 ? count : mismatch;
    }

    /** Whether the other has all of these messages, and perhaps more. */
    public boolean begins(MessageChain other) {
        return common(other) == count;
    }

    /** One number for all of them. */
    public long digest() {
        return count == 0 ? 0 : digests()[count - 1];
    }

    /** One number for each beginning: for the first message, for the first two, and so on. */
    public long[] digests() {
        long[] digests = new long[count];
        long digest = 0;
        for (int i = 0; i < count; i++) {
            digest = (digest + messages[i] + 1) * 0x9E37_79B9_7F4A_7C15L;
            digests[i] = digest ^ digest >>> 32;
        }
        return digests;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageChain chain && count == chain.count && begins(chain);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(digest());
    }

    /** A chain that still grows. For one thread. */
    static final class Growing {

        /** A thousand times what a long conversation has; half a megabyte. */
        private static final int MOST_MESSAGES = 1 << 16;

        private long[] messages;
        private int count;

        private Growing(long[] messages, int count) {
            this.messages = messages;
            this.count = count;
        }

        Growing() {
            this(new long[16], 0);
        }

        /** Another one that begins with the first of these. */
        Growing upTo(int messages) {
            return new Growing(Arrays.copyOf(this.messages, Math.max(16, messages + 8)), messages);
        }

        /** Whether the next messages only change the last fingerprint. */
        boolean isFull() {
            return count == MOST_MESSAGES;
        }

        void add(long message) {
            if (isFull()) {
                messages[count - 1] = messages[count - 1] * 0x9E37_79B9_7F4A_7C15L + message;
                return;
            }
            if (count == messages.length) {
                messages = Arrays.copyOf(messages, count * 2);
            }
            messages[count++] = message;
        }

        int count() {
            return count;
        }

        long heapBytes() {
            return 48 + 8L * messages.length;
        }

        MessageChain chain() {
            return new MessageChain(Arrays.copyOf(messages, count), count);
        }
    }
}
