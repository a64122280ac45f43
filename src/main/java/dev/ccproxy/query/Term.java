package dev.ccproxy.query;

/**
 * One thing that is asked of an exchange.
 *
 * @param excluded whether those are meant that do not fit; what is not known of an exchange does not fit
 */
public record Term(boolean excluded, Condition condition) {}
