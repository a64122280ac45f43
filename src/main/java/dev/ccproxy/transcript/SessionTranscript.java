package dev.ccproxy.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the files of one session say: of its main agent and of its subagents. */
public record SessionTranscript(TranscriptFile file, TranscriptFacts facts, List<Agent> agents) {

    public SessionTranscript {
        agents = List.copyOf(agents);
    }

    /**
     * A subagent.
     *
     * @param notes null where the client left none
     */
    public record Agent(
            TranscriptFile file,
            TranscriptFacts facts,
            @Nullable AgentNotes notes) {}

    /** The answers of all agents. */
    public List<TranscriptAnswer> answers() {
        List<TranscriptAnswer> all = new ArrayList<>(facts.answers());
        agents.forEach(agent -> all.addAll(agent.facts().answers()));
        return all;
    }

    /** The tokens of all agents, by model. */
    public Map<String, TokenSums> tokens() {
        Map<String, TokenSums> all = new TreeMap<>(facts.tokens());
        agents.forEach(
                agent -> agent.facts().tokens().forEach((model, sums) -> all.merge(model, sums, TokenSums::plus)));
        return all;
    }
}
