package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.anthropic.ToolResult;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows one session, exchange by exchange in the order in which they come: which turn each belongs to, who its agent is,
 * whether it is a repetition. Pure; for one thread at a time.
 */
public final class SessionTrack {

    private static final int MOST_REMEMBERED = 2_048;
    private static final int MOST_TITLE_CHARS = 120;
    private static final Pattern TITLE = Pattern.compile("\"title\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** The hint header's word for every agent that a user has defined. */
    private static final String CUSTOM = "custom";

    /**
     * What a request is in its session.
     *
     * @param group what it and its repetitions share; null where it has no body
     */
    public record Placed(Place place, @Nullable String group, SessionNews news) {}

    private final Map<String, AgentThread> threads = remembered();
    private final Map<String, AgentCall> calls = remembered();
    private final Map<String, AgentName> namesToCome = remembered();
    private final Map<String, Integer> turnsByPromptId = remembered();
    private int turn;
    private @Nullable String promptId;
    private long promptDigest;
    private @Nullable String title;
    private boolean titled;
    private @Nullable String project;

    /** Goes on where the store left off. */
    public SessionTrack(SessionMemory memory) {
        title = memory.title();
        titled = memory.titled();
        project = memory.project();
        Turn last = memory.lastTurn();
        if (last != null) {
            turn = last.number();
            promptId = last.promptId();
        }
        for (SessionMemory.Agent known : memory.agents()) {
            AgentThread thread = thread(known.agentId());
            thread.turn = known.turn();
            thread.name = known.name();
        }
        memory.calls().forEach(call -> calls.put(call.id(), call));
    }

    /** Takes a request. */
    public Placed asked(Asking asking) {
        AgentThread thread = thread(asking.agentId());
        Conversation conversation = asking.conversation();
        List<AgentCall> newCalls = new ArrayList<>();
        List<AgentName> names = new ArrayList<>();
        // Token counts are asked for again and again on purpose.
        Attempts.Attempt attempt = asking.body() == null || asking.kind() == Kind.COUNT_TOKENS
                ? null
                : thread.attempts(asking.kind()).asked(asking.body(), conversation, asking.streamed());
        boolean first = attempt == null || attempt.reason() == null;
        if (conversation != null && asking.isConversation()) {
            settle(conversation.results(), newCalls, names);
        }
        if (asking.agentId() != null) {
            identify(asking.agentId(), thread, asking, names);
        }
        Turn begun = first ? begun(asking) : null;
        thread.turn = turnOf(asking, thread);
        Integer diverged = conversation != null && asking.isConversation() ? thread.divergedAt(conversation) : null;
        Place place = new Place(
                thread.turn == 0 ? null : thread.turn,
                attempt == null ? 1 : attempt.number(),
                attempt == null ? null : attempt.reason(),
                diverged);
        return new Placed(
                place,
                attempt == null ? asking.body() : attempt.group(),
                new SessionNews(
                        begun,
                        names,
                        newCalls,
                        titleOf(begun),
                        false,
                        project(conversation),
                        prompts(asking),
                        List.of()));
    }

    /** Takes the end of an exchange. */
    public SessionNews answered(Ending ending) {
        AgentThread thread = thread(ending.agentId());
        thread.attempts(ending.kind()).ended(ending.body(), ending.outcome(), ending.status());
        List<AgentCall> newCalls = new ArrayList<>();
        List<AgentName> names = new ArrayList<>();
        for (ToolCall call : ending.calls()) {
            ToolCall.Errand errand = call.errand();
            if (errand != null && !calls.containsKey(call.id())) {
                AgentCall started = new AgentCall(
                        call.id(),
                        ending.agentId(),
                        errand.agent(),
                        errand.description(),
                        errand.prompt(),
                        thread.turn,
                        null);
                calls.put(started.id(), started);
                newCalls.add(started);
            }
        }
        if (!newCalls.isEmpty()) {
            // A subagent may have begun before the answer that started it was whole.
            threads.forEach((agent, waiting) -> {
                if (!agent.isEmpty() && waiting.name == null) {
                    byPrompt(agent, waiting).ifPresent(name -> take(waiting, name, names));
                }
            });
        }
        String given = ending.kind() == Kind.TITLE && ending.text() != null ? titleIn(ending.text()) : null;
        if (given != null) {
            title = given;
            titled = true;
        }
        return new SessionNews(null, names, newCalls, given, given != null, null, null, ending.calls());
    }

    /** What people call the agent and the session, as far as it is known now. */
    public Labels labels(@Nullable String agentId) {
        AgentThread thread = threads.get(key(agentId));
        AgentName name = thread == null ? null : thread.name;
        return new Labels(name == null ? null : name.name(), title, project);
    }

    /** The results of agent calls name the agents beyond doubt. */
    private void settle(List<ToolResult> results, List<AgentCall> settled, List<AgentName> names) {
        for (ToolResult result : results) {
            AgentCall call = calls.get(result.call());
            String agent = result.agentId();
            if (call != null && agent != null && !agent.equals(call.agentId())) {
                calls.put(call.id(), call.startedAs(agent));
                settled.add(call.startedAs(agent));
            }
            if (call != null && agent != null) {
                AgentName name = new AgentName(agent, call.agent(), NameSource.EXACT, call.id());
                AgentThread thread = threads.get(agent);
                if (thread == null) {
                    namesToCome.put(agent, name);
                } else {
                    take(thread, name, names);
                }
            }
        }
    }

    private void identify(String agent, AgentThread thread, Asking asking, List<AgentName> names) {
        thread.parentAgentId = asking.parentAgentId();
        Conversation conversation = asking.conversation();
        if (thread.opening.isEmpty() && conversation != null) {
            thread.opening = conversation.opening();
        }
        AgentName exact = namesToCome.remove(agent);
        if (exact != null) {
            take(thread, exact, names);
        }
        if (thread.name == null || thread.name.source() == NameSource.HINT) {
            byPrompt(agent, thread).ifPresent(name -> take(thread, name, names));
        }
        String hint = asking.agentType();
        if (thread.name == null && hint != null && !hint.equals(CUSTOM)) {
            take(thread, new AgentName(agent, hint, NameSource.HINT, null), names);
        }
    }

    private static void take(AgentThread thread, AgentName name, List<AgentName> names) {
        if (thread.takes(name)) {
            thread.name = name;
            names.add(name);
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

    /** The turn that a request begins; null for none. */
    private @Nullable Turn begun(Asking asking) {
        Conversation conversation = asking.conversation();
        if (asking.kind() != Kind.MAIN || asking.agentId() != null || conversation == null) {
            return null;
        }
        String prompt = conversation.prompt();
        long digest = conversation.messages().digest();
        boolean another = asking.promptId() != null
                ? !asking.promptId().equals(promptId)
                : prompt != null && digest != promptDigest;
        if (turn > 0 && (prompt == null || !another)) {
            return null;
        }
        turn++;
        promptId = asking.promptId();
        promptDigest = digest;
        if (promptId != null) {
            turnsByPromptId.put(promptId, turn);
        }
        return new Turn(turn, promptId, prompt);
    }

    private int turnOf(Asking asking, AgentThread thread) {
        Integer hinted = asking.promptId() == null ? null : turnsByPromptId.get(asking.promptId());
        if (hinted != null) {
            return hinted;
        }
        if (asking.agentId() == null) {
            return turn;
        }
        AgentCall call = thread.name == null || thread.name.call() == null ? null : calls.get(thread.name.call());
        if (call != null && call.turn() > 0) {
            return call.turn();
        }
        return thread.turn > 0 ? thread.turn : turn;
    }

    private SessionNews.@Nullable PromptPrints prompts(Asking asking) {
        Conversation conversation = asking.conversation();
        if (conversation == null || (conversation.system() == 0 && conversation.tools() == 0)) {
            return null;
        }
        String agent = labels(asking.agentId()).agent();
        return new SessionNews.PromptPrints(
                agent == null ? asking.kind().word() : agent, conversation.system(), conversation.tools());
    }

    private @Nullable String titleOf(@Nullable Turn begun) {
        String prompt = begun == null ? null : begun.prompt();
        if (titled || title != null || prompt == null) {
            return null;
        }
        title = shortened(prompt);
        return title;
    }

    private @Nullable String project(@Nullable Conversation conversation) {
        String said = conversation == null ? null : conversation.directory();
        if (project != null || said == null) {
            return null;
        }
        project = said;
        return said;
    }

    /** The answer to a title request is a small JSON object. */
    private static @Nullable String titleIn(String text) {
        Matcher matcher = TITLE.matcher(text);
        String said = matcher.find() ? matcher.group(1).replace("\\\"", "\"").replace("\\\\", "\\") : text;
        return said.isBlank() ? null : shortened(said);
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_TITLE_CHARS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, MOST_TITLE_CHARS - 1))) + "…";
    }

    private AgentThread thread(@Nullable String agentId) {
        return threads.computeIfAbsent(key(agentId), _ -> new AgentThread());
    }

    private static String key(@Nullable String agentId) {
        return Objects.requireNonNullElse(agentId, "");
    }

    private static <V> Map<String, V> remembered() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }
}
