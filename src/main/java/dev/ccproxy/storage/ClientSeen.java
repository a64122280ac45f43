package dev.ccproxy.storage;

import java.time.Instant;

/**
 * A client program that sent exchanges.
 *
 * @param agent its {@code User-Agent}, such as {@code claude-cli/2.1.330 (external, cli)}
 * @param first begin of the hour of its first exchange
 * @param last begin of the hour of its last one
 */
public record ClientSeen(String agent, Instant first, Instant last, long exchanges) {}
