package dev.ccproxy.config;

/**
 * The value that a key has in the end.
 *
 * @param key path, such as {@code server.port}
 * @param value as it may be shown: secrets are masked; empty is none
 */
public record EffectiveSetting(String key, String value, Origin origin) {}
