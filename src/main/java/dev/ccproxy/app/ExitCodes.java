package dev.ccproxy.app;

import dev.ccproxy.storage.StoreException;

/** How the process ends; besides these, a {@link StartException} brings 4 port taken. */
final class ExitCodes {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int WRONG_CONFIGURATION = 3;
    static final int STORE_NOT_USABLE = 5;

    private ExitCodes() {}

    /** What a store that cannot be opened or used ends the process with. */
    static int of(StoreException.Reason reason) {
        return switch (reason) {
            case LOCKED, TOO_NEW, FOREIGN -> STORE_NOT_USABLE;
            case CORRUPT, UNAVAILABLE -> FAILED;
        };
    }
}
