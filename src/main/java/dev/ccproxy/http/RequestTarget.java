package dev.ccproxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The bytes of a request target. The HTTP library reads them as ISO 8859-1 and writes them as UTF-8, so that
 * {@code /v1/caf\u00e9} would leave as other bytes than it came; read as UTF-8 in between, it leaves unchanged.
 */
public final class RequestTarget {

    private RequestTarget() {}

    /** The text that is written with the bytes that were read as {@code latin1}; empty when no text is. */
    public static Optional<String> withSameBytes(String latin1) {
        if (latin1.chars().allMatch(character -> character < 0x80)) {
            return Optional.of(latin1);
        }
        ByteBuffer bytes = ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
