package dev.ccproxy.config;

/** The text that one source has for a key. */
record Given(Key<?> key, String text, Origin origin) {}
