package dev.ccproxy.testing;

/** How reading a message, or a whole connection, came to its end. */
public enum Ending {
    /** The message was whole, as its own framing says. */
    WHOLE,
    /** The other side closed in order (FIN), in the middle of a message if there was one. */
    FIN,
    /** The other side reset the connection (RST). */
    RST
}
