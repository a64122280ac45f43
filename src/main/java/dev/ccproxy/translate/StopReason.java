package dev.ccproxy.translate;

import java.util.Arrays;

/** Why an answer ended. */
enum StopReason {
    END("end_turn", "stop"),
    STOP_SEQUENCE("stop_sequence", "stop"),
    LENGTH("max_tokens", "length"),
    TOOLS("tool_use", "tool_calls"),
    REFUSAL("refusal", "content_filter"),
    /** A tool that the provider runs takes longer; the client is to ask again. */
    PAUSE("pause_turn", "stop"),
    CONTEXT_FULL("model_context_window_exceeded", "length");

    private final String messages;
    private final String chat;

    StopReason(String messages, String chat) {
        this.messages = messages;
        this.chat = chat;
    }

    /** As the Messages API says it. */
    String messages() {
        return messages;
    }

    /** As Chat Completions says it. */
    String chat() {
        return chat;
    }

    static StopReason ofMessages(String reason) {
        return Arrays.stream(values())
                .filter(value -> value.messages.equals(reason))
                .findFirst()
                .orElse(END);
    }
}
