package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.Sha256;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a body that may come in lumps. On one worker thread. */
final class BodyHash {

    private @Nullable MessageDigest digest;

    void add(Iterable<Bytes> pieces) {
        MessageDigest running = digest == null ? Sha256.digest() : digest;
        for (Bytes piece : pieces) {
            running.update(piece.array(), piece.arrayOffset(), piece.length());
        }
        digest = running;
    }

    /** The 32 bytes over everything added; starts anew. */
    Bytes finish() {
        MessageDigest running = digest == null ? Sha256.digest() : digest;
        digest = null;
        return Bytes.wrap(running.digest());
    }
}
