package dev.ccproxy.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Which subagents are answered by other models, in the original's form.
 *
 * @param enabled whether the mappings count
 * @param directories where definitions of agents are, the strongest first
 * @param includeMain whether a main agent that was started as {@code claude --agent NAME} counts as that agent
 */
public record SubagentSettings(boolean enabled, List<Mapping> mappings, List<Path> directories, boolean includeMain) {

    public SubagentSettings {
        mappings = List.copyOf(mappings);
        directories = List.copyOf(directories);
    }

    /** The model that answers the subagent of that name, such as {@code gpt-4o} or {@code openrouter/qwen3}. */
    public record Mapping(String agent, String model) {}
}
