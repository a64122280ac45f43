package dev.ccproxy.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client asks of a model, in no format.
 *
 * @param maxTokens limit of the answer, 0 where none is named
 * @param user who asks, as the client calls itself; null where it does not say
 */
record ModelRequest(
        String model,
        List<Turn> turns,
        List<Tool> tools,
        ToolChoice toolChoice,
        boolean oneToolAtATime,
        long maxTokens,
        Sampling sampling,
        Reasoning reasoning,
        AnswerFormat format,
        @Nullable String user,
        boolean stream) {

    ModelRequest {
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
    }

    /**
     * How the next token is drawn, and where to stop. Numbers are kept as they were written.
     *
     * @param stops texts that end the answer
     */
    record Sampling(
            @Nullable JsonNode temperature,
            @Nullable JsonNode topP,
            @Nullable JsonNode topK,
            List<String> stops) {
        public Sampling {
            stops = List.copyOf(stops);
        }
    }
}
