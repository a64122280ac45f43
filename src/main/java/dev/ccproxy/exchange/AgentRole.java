package dev.ccproxy.exchange;

import java.util.Locale;

/** What kind of agent an exchange was made by. The words are those of the wire and the dashboard. */
public enum AgentRole {
    /** The agent that people talk to. */
    MAIN,
    /** One that another agent started. */
    SUBAGENT,
    /** The client's own errands: titles, token counts, checks. */
    AUXILIARY;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /** The role that the facts of an exchange tell. */
    public static AgentRole of(ExchangeSummary summary) {
        return summary.agentId() != null ? SUBAGENT : of(summary.kind());
    }

    /** The role behind a kind, where no agent has named itself. */
    public static AgentRole of(Kind kind) {
        return switch (kind) {
            case SUBAGENT -> SUBAGENT;
            case MAIN, COMPACTION -> MAIN;
            case TITLE, COUNT_TOKENS, CLASSIFIER, OTHER -> AUXILIARY;
        };
    }
}
