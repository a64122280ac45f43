package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What people call the agent, the session and the project of an exchange; null where nothing is known.
 *
 * @param agent such as {@code code-reviewer}; null for the main agent
 * @param title of the session: what Claude Code calls it, else its first prompt
 * @param project the working directory, such as {@code /home/user/project}
 */
public record Labels(
        @Nullable String agent,
        @Nullable String title,
        @Nullable String project) {

    public static final Labels NONE = new Labels(null, null, null);
}
