package dev.ccproxy.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What is kept of a token or password: enough to recognise it, not enough to use it.
 *
 * @param sha256 64 lower-case hex digits
 */
public record SecretHash(String sha256) {

    public static SecretHash of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretHash(HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Compares in a time that does not depend on where the two differ. */
    public boolean matches(SecretHash other) {
        return MessageDigest.isEqual(
                sha256.getBytes(StandardCharsets.US_ASCII), other.sha256.getBytes(StandardCharsets.US_ASCII));
    }
}
