package dev.ccproxy.config;

/**
 * A file of the project that is written by the program itself.
 *
 * @param path from the project's root, such as {@code docs/configuration.md}
 */
public record GeneratedFile(String path, String text) {}
