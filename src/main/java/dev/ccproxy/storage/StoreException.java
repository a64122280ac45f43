package dev.ccproxy.storage;

/** The database could not answer, or a record is corrupt; the message says what, where, and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
