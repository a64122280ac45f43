package dev.ccproxy.api.form;

import dev.ccproxy.exchange.ExchangeSummary;

/** What kind of agent an exchange was made by. */
public enum AgentRole {
    /** The agent that people talk to. */
    MAIN,
    /** One that another agent started. */
    SUBAGENT,
    /** The client's own errands: titles, token counts, checks. */
    AUXILIARY;

    static AgentRole of(ExchangeSummary summary) {
        if (summary.agentId() != null) {
            return SUBAGENT;
        }
        return switch (summary.kind()) {
            case SUBAGENT -> SUBAGENT;
            case MAIN, COMPACTION -> MAIN;
            case TITLE, COUNT_TOKENS, CLASSIFIER, OTHER -> AUXILIARY;
        };
    }
}
