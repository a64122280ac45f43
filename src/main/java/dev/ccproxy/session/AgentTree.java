package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.anthropic.ToolResult;
import dev.ccproxy.recent.RecentMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The agents of a session: which call started which, and what people call them. For one thread at a time. */
final class AgentTree {

    /** The hint header's word for every agent that a user has defined. */
    private static final String CUSTOM = "custom";

    private static final int MOST = 2_048;

    private final Map<String, AgentThread> threads = new RecentMap<>(MOST);
    private final Map<String, AgentCall> calls = new RecentMap<>(MOST);

    /** Ids of calls by what they ask, oldest first. */
    private final Map<Long, List<String>> callsByPrompt = new RecentMap<>(MOST);

    /** Ids of calls of which it is known whom they started. */
    private final Map<String, String> agentsByCall = new RecentMap<>(MOST);

    private final Map<String, AgentName> namesToCome = new RecentMap<>(MOST);

    /** Goes on where the store left off. */
    AgentTree(SessionMemory memory) {
        for (SessionMemory.Agent known : memory.agents()) {
            AgentThread thread = thread(known.agentId());
            thread.turn = known.turn();
            thread.name = known.name();
            if (known.name() != null && known.name().call() != null) {
                agentsByCall.put(known.name().call(), known.name().agentId());
            }
        }
        memory.calls().forEach(this::add);
    }

    private void add(AgentCall call) {
        calls.put(call.id(), call);
        List<String> alike = callsByPrompt.computeIfAbsent(call.prompt(), _ -> new ArrayList<>(1));
        alike.add(call.id());
        if (alike.size() > MOST) {
            alike.removeFirst();
        }
    }

    /** Whether a definition could tell more of an agent than is known. */
    boolean wantsDefinition(String agentId) {
        AgentThread thread = threads.get(agentId);
        return thread == null || thread.name == null || thread.name.source() == NameSource.HINT;
    }

    /** Of an agent, new where it was not known; null for the main one. */
    AgentThread thread(@Nullable String agentId) {
        return threads.computeIfAbsent(key(agentId), _ -> new AgentThread());
    }

    /** Heap bytes, about. */
    long heapBytes() {
        long bytes = 900L * calls.size() + 400L * namesToCome.size();
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
                add(started);
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
        if (thread.name == null || thread.name.source().compareTo(NameSource.PROMPT) < 0) {
            byPrompt(agent, thread).ifPresent(name -> take(thread, name, news));
        }
        String defined = asking.definition();
        if (defined != null) {
            take(thread, new AgentName(agent, defined, NameSource.DEFINITION, null), news);
        }
        String hint = asking.agentType();
        if (thread.name == null && hint != null && !hint.equals(CUSTOM)) {
            take(thread, new AgentName(agent, hint, NameSource.HINT, null), news);
        }
    }

    private void take(AgentThread thread, AgentName name, AgentNews news) {
        if (thread.takes(name)) {
            thread.name = name;
            news.names().add(name);
            if (name.call() != null) {
                agentsByCall.put(name.call(), name.agentId());
            }
        }
    }

    /** Empty where calls of several types ask the same. */
    private Optional<AgentName> byPrompt(String agent, AgentThread thread) {
        List<AgentCall> fitting = thread.opening.stream()
                .flatMap(print -> callsByPrompt.getOrDefault(print, List.of()).stream())
                .filter(call -> !agentsByCall.containsKey(call))
                .flatMap(call -> Stream.ofNullable(calls.get(call)))
                .filter(call -> call.agentId() == null && Objects.equals(call.caller(), thread.parentAgentId))
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
