package dev.ccproxy.storage;

import dev.ccproxy.http.Bytes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a recorded body without reading it.
 *
 * @param wireLength bytes on the wire
 * @param sha256 SHA-256 of the wire bytes, 32 bytes; null where recording had no memory left to take it
 * @param encoding the {@code Content-Encoding} on the wire; null where there was none
 * @param state in which form the store holds it
 * @param storedLength bytes that reading it back gives: after content decoding where {@code state} is DECODED
 */
public record BodyFacts(
        long wireLength, @Nullable Bytes sha256, @Nullable String encoding, State state, long storedLength) {

    /** The same body, of which the store holds nothing. */
    public BodyFacts dropped() {
        return new BodyFacts(wireLength, sha256, encoding, State.DROPPED, 0);
    }

    /** In which form a body is held. */
    public enum State {
        /** The wire bytes. */
        EXACT,
        /** The bytes after content decoding; the wire bytes themselves are not kept. */
        DECODED,
        /** Encoded bytes that could not be decoded (or not within bounds), kept as they came. */
        RAW,
        /** Not held: over a limit, or the store could take no bodies at that time. Counted. */
        DROPPED;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }

        /**
         * The constant of a word.
         *
         * @throws IllegalArgumentException for a word that is none of ours
         */
        public static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
