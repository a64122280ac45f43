package dev.ccproxy.auth;

/**
 * Where a request comes from.
 *
 * @param address of the client, without port
 * @param local whether it was made on this machine and came here directly
 */
public record Caller(String address, boolean local) {}
