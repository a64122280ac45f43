package dev.ccproxy.exchange;

import dev.ccproxy.http.Bytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The public id of an exchange: a UUIDv7 (RFC 9562) made when the exchange starts and never changed, such as
 * {@code 019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d}. Ids of one process ascend in the order they were made.
 */
public record ExchangeId(UUID value) implements Comparable<ExchangeId> {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static long lastMillisAndCounter;

    /** A new id that sorts after every id this process made before. Safe for all threads. */
    public static ExchangeId next(Instant at) {
        long millisAndCounter = advance(at.toEpochMilli());
        long high = (millisAndCounter >>> 12 << 16) | 0x7000L | (millisAndCounter & 0xFFF);
        long low = (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new ExchangeId(new UUID(high, low));
    }

    /**
     * The id of an exchange that another program recorded: the same for the same arguments, so that it is known again.
     *
     * @param at not before 1970
     * @param digest its first 10 bytes take the place of counter and chance
     */
    public static ExchangeId derived(Instant at, Bytes digest) {
        ByteBuffer bits = digest.asByteBuffer();
        long high = (at.toEpochMilli() << 16) | 0x7000L | (bits.getShort() & 0xFFF);
        long low = (bits.getLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new ExchangeId(new UUID(high, low));
    }

    /** 48 bits of milliseconds and, as RFC 9562 section 6.2 method 1 allows, 12 bits of counter. */
    private static synchronized long advance(long millis) {
        lastMillisAndCounter = Math.max(millis << 12, lastMillisAndCounter + 1);
        return lastMillisAndCounter;
    }

    public static Optional<ExchangeId> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ExchangeId(UUID.fromString(text)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** In the order of the text form, which is the order of creation. */
    @Override
    public int compareTo(ExchangeId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
