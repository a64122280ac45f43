package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What people call the agent, the session and the project of an exchange; null where nothing is known.
 *
 * @param agent such as {@code code-reviewer}; null for the main agent
 * @param title of the session: what Claude Code calls it, else its first prompt
 * @param project the working directory, such as {@code /home/user/project}
 * @param inferredFrom how the session was found; null where the client's header names it, or there is none
 */
public record Labels(
        @Nullable String agent,
        @Nullable String title,
        @Nullable String project,
        @Nullable InferredFrom inferredFrom) {

    public static final Labels NONE = new Labels(null, null, null, null);

    /** The same of a session that was found so. */
    public Labels inferredFrom(@Nullable InferredFrom source) {
        return new Labels(agent, title, project, source);
    }
}
