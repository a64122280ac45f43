package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;

/** The fingerprints of a body's beginnings, in one pass as long as they are asked for from short to long. For one thread. */
final class BodyPrefix {

    private final Bytes body;
    private Fingerprint fingerprint = new Fingerprint();
    private int read;

    BodyPrefix(Bytes body) {
        this.body = body;
    }

    /** Whether there is more behind {@code end}. */
    boolean goesBeyond(int end) {
        return body.length() > end;
    }

    /** Of the bytes before {@code end}. */
    long fingerprintTo(int end) {
        if (end < read) {
            fingerprint = new Fingerprint();
            read = 0;
        }
        fingerprint.add(body.slice(read, end));
        read = end;
        return fingerprint.value();
    }
}
