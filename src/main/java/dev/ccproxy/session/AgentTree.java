package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.anthropic.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agents of a session: which call started which, and what people call them. For one thread at a time. */
final class AgentTree {

    /** The hint header's word for every agent that a user has defined. */
    private static final String CUSTOM = "custom";

    private final Map<String, AgentThread> threads = new Remembered<>();
    private final Map<String, AgentCall> calls = new Remembered<>();
    private final Map<String, AgentName> namesToCome = new Remembered<>();

    /** Goes on where the store left off. */
    AgentTree(SessionMemory memory) {
        for (SessionMemory.Agent known : memory.agents()) {
            AgentThread thread = thread(known.agentId());
            thread.turn = known.turn();
            thread.name = known.name();
        }
        memory.calls().forEach(call -> calls.put(call.id(), call));
    }

    /** Of an agent, new where it was not known; null for the main one. */
    AgentThread thread(@Nullable String agentId) {
        return threads.computeIfAbsent(key(agentId), _ -> new AgentThread());
    }

    /** Heap bytes, about. */
    long heapBytes() {
        long bytes = 600L * calls.size() + 400L * namesToCome.size();
        for (AgentThread thread : threads.values()) {
            bytes += thread.heapBytes();
        }
        return bytes;
    }

    /** Null where it is not known. */
    @Nullable
    AgentName name(@Nullable String agentId) {
        AgentThread thread = threads.get(key(agentId));
        return thread == null ? null : thread.name;
    }

    /** Of the call that started an agent; 0 where that is not known. */
    int turnOfCall(AgentThread thread) {
        AgentCall call = thread.name == null || thread.name.call() == null ? null : calls.get(thread.name.call());
        return call == null ? 0 : call.turn();
    }

    /** Takes the calls of agents that an answer has. */
    void called(Ending ending, int turn, AgentNews news) {
        for (ToolCall call : ending.calls()) {
            ToolCall.Errand errand = call.errand();
            if (errand != null && !calls.containsKey(call.id())) {
                AgentCall started = new AgentCall(
                        call.id(), ending.agentId(), errand.agent(), errand.description(), errand.prompt(), turn, null);
                calls.put(started.id(), started);
                news.calls().add(started);
            }
        }
        if (!news.calls().isEmpty()) {
            // A subagent may have begun before the answer that started it was whole.
            threads.forEach((agent, waiting) -> {
                if (!agent.isEmpty() && waiting.name == null) {
                    byPrompt(agent, waiting).ifPresent(name -> take(waiting, name, news));
                }
            });
        }
    }

    /** The results of agent calls name the agents beyond doubt. */
    void settle(List<ToolResult> results, AgentNews news) {
        for (ToolResult result : results) {
            AgentCall call = calls.get(result.call());
            String agent = result.agentId();
            if (call != null && agent != null && !agent.equals(call.agentId())) {
                calls.put(call.id(), call.startedAs(agent));
                news.calls().add(call.startedAs(agent));
            }
            if (call != null && agent != null) {
                AgentName name = new AgentName(agent, call.agent(), NameSource.EXACT, call.id());
                AgentThread thread = threads.get(agent);
                if (thread == null) {
                    namesToCome.put(agent, name);
                } else {
                    take(thread, name, news);
                }
            }
        }
    }

    /** Takes what a request tells of its agent. */
    void identify(String agent, AgentThread thread, Asking asking, AgentNews news) {
        thread.parentAgentId = asking.parentAgentId();
        Conversation conversation = asking.conversation();
        if (thread.opening.isEmpty() && conversation != null) {
            thread.opening = conversation.opening();
        }
        AgentName exact = namesToCome.remove(agent);
        if (exact != null) {
            take(thread, exact, news);
        }
        if (thread.name == null || thread.name.source() == NameSource.HINT) {
            byPrompt(agent, thread).ifPresent(name -> take(thread, name, news));
        }
        String hint = asking.agentType();
        if (thread.name == null && hint != null && !hint.equals(CUSTOM)) {
            take(thread, new AgentName(agent, hint, NameSource.HINT, null), news);
        }
    }

    private static void take(AgentThread thread, AgentName name, AgentNews news) {
        if (thread.takes(name)) {
            thread.name = name;
            news.names().add(name);
        }
    }

    /** Empty where calls of several types ask the same. */
    private Optional<AgentName> byPrompt(String agent, AgentThread thread) {
        List<AgentCall> fitting = calls.values().stream()
                .filter(call -> call.agentId() == null && thread.opening.contains(call.prompt()))
                .filter(call -> Objects.equals(call.caller(), thread.parentAgentId))
                .filter(call -> threads.values().stream()
                        .noneMatch(other -> other.name != null && call.id().equals(other.name.call())))
                .toList();
        return fitting.stream().map(AgentCall::agent).distinct().count() == 1
                ? Optional.of(new AgentName(
                        agent,
                        fitting.getFirst().agent(),
                        NameSource.PROMPT,
                        fitting.getFirst().id()))
                : Optional.empty();
    }

    private static String key(@Nullable String agentId) {
        return Objects.requireNonNullElse(agentId, "");
    }
}
