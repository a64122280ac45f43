package dev.ccproxy.app;

/** The program cannot start; the message says why and what to do, the code is the process's exit code. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** An exit code of contract: 1 failed, 3 configuration, 4 port taken, 5 store locked or too new. */
    public StartException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
