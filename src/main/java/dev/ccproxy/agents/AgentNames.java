package dev.ccproxy.agents;

import dev.ccproxy.recent.RecentMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who an agent is, remembered for its life. Its definition tells first, because it is in each of its requests; else the
 * call with which another agent started it. Reads files, so not for event loops. Safe for all threads.
 */
public final class AgentNames {

    /** Some thousands of agents; an entry takes about 200 bytes. */
    private static final int MOST_REMEMBERED = 8_192;

    private final AgentFiles files;
    private final AgentCalls calls;

    private final Map<AgentKey, String> known = new RecentMap<>(MOST_REMEMBERED);

    private record AgentKey(String session, String agentId) {}

    public AgentNames(AgentFiles files, AgentCalls calls) {
        this.files = files;
        this.calls = calls;
    }

    /**
     * The name of a subagent; empty where nothing tells it, which is not remembered.
     *
     * @param systemTexts texts of the request's system prompt, asked for only where the agent is not known yet
     * @param firstTexts texts of its first user message, likewise
     */
    public Optional<String> ofSubagent(
            String session, String agentId, Supplier<List<String>> systemTexts, Supplier<List<String>> firstTexts) {
        AgentKey key = new AgentKey(session, agentId);
        Optional<String> before = find(key);
        if (before.isPresent()) {
            return before;
        }
        Optional<String> name = byDefinition(systemTexts.get()).or(() -> calls.calledWith(session, firstTexts.get()));
        name.ifPresent(it -> remember(key, it));
        return name;
    }

    /** The agent whose definition a request carries. */
    public Optional<String> byDefinition(List<String> systemTexts) {
        return files.nameIn(systemTexts);
    }

    private Optional<String> find(AgentKey key) {
        synchronized (known) {
            return Optional.ofNullable(known.get(key));
        }
    }

    private void remember(AgentKey key, String name) {
        synchronized (known) {
            known.put(key, name);
        }
    }
}
