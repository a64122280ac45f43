package dev.ccproxy.storage;

import java.util.Map;
import java.util.Optional;

/**
 * Settings that were made on the dashboard and live beside the exchanges; values are JSON. Blocking, safe for all threads.
 * Throws {@link StoreException} when the database cannot.
 */
public interface KeptSettings {

    /** Every value there is, by name. */
    Map<String, String> all();

    /** Sets the values that are there and removes those that are empty: all of them, or none. */
    void change(Map<String, Optional<String>> changes) throws InterruptedException;
}
