package dev.ccproxy.translate;

import org.jspecify.annotations.Nullable;

/**
 * How much the model should think before it answers.
 *
 * @param budgetTokens most tokens of thinking, 0 where none are named
 * @param effort such as {@code high}; null where none is named
 */
record Reasoning(Wish wish, long budgetTokens, @Nullable String effort) {

    static final Reasoning UNSAID = new Reasoning(Wish.UNSAID, 0, null);

    /** Budgets are compared with these: those of three powers of two that peers use for the three efforts. */
    private static final long MEDIUM_BUDGET = 2_048;

    private static final long HIGH_BUDGET = 4_096;

    /** What the client said about thinking. */
    enum Wish {
        UNSAID,
        OFF,
        ON,
        /** As the model likes. */
        ADAPTIVE
    }

    boolean wanted() {
        return wish == Wish.ON || wish == Wish.ADAPTIVE;
    }

    /** The effort, from the budget where only that is named; null where the model may decide. */
    @Nullable
    String effortOrBudget() {
        if (effort != null || budgetTokens == 0) {
            return effort;
        }
        return budgetTokens < MEDIUM_BUDGET ? "low" : budgetTokens < HIGH_BUDGET ? "medium" : "high";
    }
}
