package dev.ccproxy.storage;

/** The database could not be opened or could not answer, or a record is corrupt; the message says what and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why; decides the exit code of a start that fails. */
    public enum Reason {
        /** Another process holds the database. */
        LOCKED,
        /** Written by a newer version of this program. */
        TOO_NEW,
        /** The file holds somebody else's tables, such as the original's. */
        FOREIGN,
        /** A record cannot be read back as it was written. */
        CORRUPT,
        /** Anything else: no such folder, no permission, disk error. */
        UNAVAILABLE
    }

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
