package dev.ccproxy.translate;

import java.util.Arrays;
import java.util.Optional;

/** A format in which a client asks and a provider answers. */
public enum Format {
    /** {@code POST /v1/messages}. */
    ANTHROPIC_MESSAGES("anthropic-messages"),
    /** {@code POST /v1/chat/completions}, of OpenAI and of every server that follows it. */
    OPENAI_CHAT("openai-chat"),
    /** {@code POST /v1/responses}. */
    OPENAI_RESPONSES("openai-responses");

    private final String label;

    Format(String label) {
        this.label = label;
    }

    /** How settings and commands call it, such as {@code openai-chat}. */
    public String label() {
        return label;
    }

    /** The format that settings and commands call so. */
    public static Optional<Format> labelled(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst();
    }
}
