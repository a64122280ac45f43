package dev.ccproxy.app;

/** How the process ends; besides these, a {@link StartException} brings 1 failed, 4 port taken, 5 store not usable. */
final class ExitCodes {

    static final int DONE = 0;
    static final int WRONG_USE = 2;
    static final int WRONG_CONFIGURATION = 3;

    private ExitCodes() {}
}
