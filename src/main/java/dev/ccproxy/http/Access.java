package dev.ccproxy.http;

/** Who may call one of our own endpoints. */
public enum Access {
    /** Anybody who reaches the port: says nothing about what was recorded. */
    OPEN,
    /** Whoever may see what was recorded. */
    VIEWER,
    /** Whoever may change or delete what was recorded. */
    ADMIN
}
