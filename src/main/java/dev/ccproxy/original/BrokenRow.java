package dev.ccproxy.original;

/** A row that does not hold what the original wrote; the message says what is wrong with it. */
final class BrokenRow extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenRow(String reason) {
        super(reason);
    }
}
