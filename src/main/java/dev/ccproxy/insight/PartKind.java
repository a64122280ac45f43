package dev.ccproxy.insight;

/** What a part of a prompt is; the words are those of the API and the dashboard. */
public enum PartKind {
    SYSTEM,
    TOOLS,
    /** Tools of MCP servers. */
    MCP,
    /** {@code CLAUDE.md} and the like. */
    MEMORY,
    /** Listings of skills and agents. */
    SKILLS,
    /** What the client itself adds to the conversation. */
    REMINDER,
    USER,
    ASSISTANT,
    THINKING,
    TOOLCALL,
    RESULT,
    IMAGE,
    /** Documents, and blocks of kinds that we do not know. */
    OTHER
}
