package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * 64 bits that tell texts apart, at the speed of memory: two checksums that the processor computes by itself. Good against
 * chance, not against an adversary; nothing that is kept or served depends on it being right. For one thread.
 */
public final class Fingerprint {

    private final CRC32 low = new CRC32();
    private final CRC32C high = new CRC32C();

    Fingerprint add(byte[] array, int from, int to) {
        low.update(array, from, to - from);
        high.update(array, from, to - from);
        return this;
    }

    Fingerprint add(Bytes bytes) {
        return add(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.length());
    }

    Fingerprint add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    long value() {
        return high.getValue() << 32 | low.getValue();
    }

    /** The fingerprint of these bytes. */
    public static long of(Bytes bytes) {
        return new Fingerprint().add(bytes).value();
    }

    /** The fingerprint of a text without the white space at its end, which clients add and take away. */
    public static long of(String text) {
        return new Fingerprint().add(text.stripTrailing()).value();
    }
}
