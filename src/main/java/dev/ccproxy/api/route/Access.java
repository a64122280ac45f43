package dev.ccproxy.api.route;

/** Who may call a route. */
public enum Access {
    /** Anybody who reaches the port: says nothing about what was recorded. */
    OPEN,
    /** Whoever may see what was recorded. */
    VIEWER,
    /** Whoever may change or delete what was recorded. */
    ADMIN
}
