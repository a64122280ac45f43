package dev.ccproxy.transcript;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a session, as it was when it was looked for: of its main agent, or of one subagent.
 *
 * @param project name of its folder, such as {@code -home-alice-shop}
 * @param session id of the session, such as {@code 0b5e1f6a-7c1d-4e2f-8a3b-4c5d6e7f8091}
 * @param agent id of the subagent, such as {@code a0123456789abcdef}; null for the main agent
 */
public record TranscriptFile(
        String project, String session, @Nullable String agent, Path path, Instant modified, long bytes) {}
