package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoredBody;
import java.io.IOException;
import java.security.MessageDigest;

/** Passes a body on in pieces of a size that is worth sending, and takes its hash. For one thread. */
final class VerifiedOutput {

    private static final int PIECE_BYTES = 64 << 10;

    /** A piece of this size goes on as it is. */
    private static final int LARGE_BYTES = 16 << 10;

    private final StoredBody.Sink sink;
    private final MessageDigest digest = Sha256.digest();
    private byte[] gathered = new byte[LARGE_BYTES];
    private int size;

    VerifiedOutput(StoredBody.Sink sink) {
        this.sink = sink;
    }

    void take(Bytes piece) throws IOException, InterruptedException {
        digest.update(piece.array(), piece.arrayOffset(), piece.length());
        if (piece.length() >= LARGE_BYTES) {
            flush();
            sink.take(piece);
            return;
        }
        if (size + piece.length() > gathered.length) {
            flush();
        }
        piece.copyTo(gathered, size);
        size += piece.length();
    }

    /** Passes on what is left and gives the hash of it all. */
    Bytes finish() throws IOException, InterruptedException {
        flush();
        return Bytes.wrap(digest.digest());
    }

    private void flush() throws IOException, InterruptedException {
        if (size > 0) {
            sink.take(Bytes.wrap(gathered, 0, size));
            gathered = new byte[PIECE_BYTES];
            size = 0;
        }
    }
}
