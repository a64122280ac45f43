package dev.ccproxy.storage;

/** Is told how far the check of a store is, and what it finds. On the thread that checks. */
public interface CheckListener {

    /** So much of one step is done, such as {@code bodies}. */
    void checked(String step, long done, long total);

    /** Something is not as it was written, or does not fit together: one sentence. */
    void found(String finding);
}
