package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.recent.RecentMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows one session, exchange by exchange in the order in which they come: which turn each belongs to, who its agent is,
 * whether it is a repetition. Pure; for one thread at a time.
 */
public final class SessionTrack {

    private static final int MOST_TITLE_CHARS = 120;
    private static final int MOST_PROMPTS = 2_048;
    private static final Pattern TITLE = Pattern.compile("\"title\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * What a request is in its session.
     *
     * @param group what it and its repetitions share; null where it has no body
     */
    public record Placed(Place place, @Nullable String group, SessionNews news) {}

    private final AgentTree agents;
    private final Map<String, Integer> turnsByPromptId = new RecentMap<>(MOST_PROMPTS);
    private int turn;
    private @Nullable String promptId;
    private long promptDigest;
    private @Nullable String title;
    private boolean titled;
    private @Nullable String project;

    /** Goes on where the store left off. */
    public SessionTrack(SessionMemory memory) {
        agents = new AgentTree(memory);
        title = memory.title();
        titled = memory.titled();
        project = memory.project();
        Turn last = memory.lastTurn();
        if (last != null) {
            turn = last.number();
            promptId = last.promptId();
        }
    }

    /** Takes a request. */
    public Placed asked(Asking asking) {
        AgentThread thread = agents.thread(asking.agentId());
        Conversation conversation = asking.conversation();
        AgentNews news = AgentNews.none();
        // Token counts are asked for again and again on purpose.
        Attempts.Attempt attempt = asking.body() == null || asking.kind() == Kind.COUNT_TOKENS
                ? null
                : thread.attempts(asking.kind()).asked(asking.body(), conversation, asking.streamed());
        boolean first = attempt == null || attempt.reason() == null;
        if (conversation != null && asking.isConversation()) {
            agents.settle(conversation.results(), news);
        }
        if (asking.agentId() != null) {
            agents.identify(asking.agentId(), thread, asking, news);
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
                        news.names(),
                        news.calls(),
                        titleOf(begun),
                        false,
                        project(conversation),
                        prompts(asking),
                        List.of()));
    }

    /** Takes the end of an exchange. */
    public SessionNews answered(Ending ending) {
        AgentThread thread = agents.thread(ending.agentId());
        thread.attempts(ending.kind()).ended(ending.body(), ending.outcome(), ending.status());
        AgentNews news = AgentNews.none();
        agents.called(ending, thread.turn, news);
        String given = ending.kind() == Kind.TITLE && ending.text() != null ? titleIn(ending.text()) : null;
        if (given != null) {
            title = given;
            titled = true;
        }
        return new SessionNews(null, news.names(), news.calls(), given, given != null, null, null, ending.calls());
    }

    /** Whether no request of its main agent is known yet. */
    public boolean isNew() {
        return turn == 0;
    }

    /** Whether a definition could tell more of an agent than is known. */
    public boolean wantsDefinition(String agentId) {
        return agents.wantsDefinition(agentId);
    }

    /** What people call the agent and the session, as far as it is known now. */
    public Labels labels(@Nullable String agentId) {
        AgentName name = agents.name(agentId);
        return new Labels(name == null ? null : name.name(), title, project, null);
    }

    /** Heap bytes, about. */
    public long heapBytes() {
        return 600 + agents.heapBytes() + 160L * turnsByPromptId.size();
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
        int called = agents.turnOfCall(thread);
        if (called > 0) {
            return called;
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
}
