package dev.ccproxy.server;

/** Bytes that are not HTTP/1.1; the message says what is wrong, for the client. */
final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int from;

    /**
     * What was found.
     *
     * @param from index before which all bytes are well-formed
     */
    Malformed(int status, String message, int from) {
        super(message, null, false, false);
        this.status = status;
        this.from = from;
    }

    static Malformed head(String message, int from) {
        return new Malformed(400, message, from);
    }

    int status() {
        return status;
    }

    int from() {
        return from;
    }
}
