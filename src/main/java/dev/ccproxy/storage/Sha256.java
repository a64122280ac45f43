package dev.ccproxy.storage;

import dev.ccproxy.http.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every JDK has; the identity of every body. */
public final class Sha256 {

    /** Never used itself: a copy costs a fraction of a new one, which is looked up among all security providers. */
    private static final MessageDigest FRESH = fresh();

    private Sha256() {}

    /** The 32 bytes for a content held whole. */
    public static Bytes of(Bytes content) {
        MessageDigest digest = digest();
        digest.update(content.array(), content.arrayOffset(), content.length());
        return Bytes.wrap(digest.digest());
    }

    /** For content that comes in pieces. */
    public static MessageDigest digest() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
