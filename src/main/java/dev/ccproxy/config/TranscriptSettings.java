package dev.ccproxy.config;

import java.nio.file.Path;

/**
 * Claude Code's own session files.
 *
 * @param enabled whether they are read at all
 * @param folder the client's folder, such as {@code ~/.claude}; the files are in {@code projects} below it
 */
public record TranscriptSettings(boolean enabled, Path folder) {}
