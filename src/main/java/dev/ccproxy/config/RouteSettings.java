package dev.ccproxy.config;

import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code routes}: conditions, all of which must hold, and what is done with the requests that they mean.
 *
 * @param name how it is called in lists and records
 */
public record RouteSettings(String name, Conditions conditions, Action action) {

    /**
     * What a request must be; an empty list and an empty value mean anything. Texts may hold {@code *} for any run of
     * characters and {@code ?} for one.
     *
     * @param agents names of agents
     * @param agentTypes what the client says about the agent in {@code x-claude-code-agent-type}
     * @param kinds what the request is for, such as {@code title}
     * @param models what the client asked for
     * @param paths of the request, without query
     * @param sessions ids of sessions
     * @param tokensOver the request is estimated at more tokens than that
     * @param tokensUnder at fewer
     * @param tools whether it offers tools
     * @param thinking whether it asks for thinking
     */
    public record Conditions(
            List<String> agents,
            List<String> agentTypes,
            List<String> kinds,
            List<String> models,
            List<String> paths,
            List<String> sessions,
            Optional<Long> tokensOver,
            Optional<Long> tokensUnder,
            Optional<Boolean> tools,
            Optional<Boolean> thinking) {

        public Conditions {
            agents = List.copyOf(agents);
            agentTypes = List.copyOf(agentTypes);
            kinds = List.copyOf(kinds);
            models = List.copyOf(models);
            paths = List.copyOf(paths);
            sessions = List.copyOf(sessions);
        }
    }

    /** What is done with a request. */
    public sealed interface Action {

        /**
         * It is answered by that model.
         *
         * @param to as written, such as {@code openrouter/qwen3} or {@code gpt-4o}
         * @param fallback the models that are asked next where one cannot answer
         */
        record Send(String to, List<String> fallback) implements Action {
            public Send {
                fallback = List.copyOf(fallback);
            }
        }

        /** It is answered with an error of that message. */
        record Refuse(String message) implements Action {}
    }
}
