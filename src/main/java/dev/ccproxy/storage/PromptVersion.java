package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A system prompt or list of tools that was sent.
 *
 * @param print tells it from others
 * @param agent whose it is: a kind such as {@code main}, or the name of a subagent
 * @param first when it was sent first
 * @param firstExchange that sent it; perhaps deleted
 */
public record PromptVersion(
        Part part,
        long print,
        String agent,
        Instant first,
        Instant last,
        ExchangeId firstExchange,
        ExchangeId lastExchange) {

    /** What it is; the words are those of the API. */
    public enum Part {
        SYSTEM,
        TOOLS;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }

        /** The constant of a word; empty for a word that is none of ours. */
        public static Optional<Part> ofWord(String word) {
            return word.equals(SYSTEM.word)
                    ? Optional.of(SYSTEM)
                    : word.equals(TOOLS.word) ? Optional.of(TOOLS) : Optional.empty();
        }
    }
}
