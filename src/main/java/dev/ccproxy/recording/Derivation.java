package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.SystemTexts;
import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.exchange.Waste;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Room;
import dev.ccproxy.insight.CacheJudge;
import dev.ccproxy.insight.CacheStep;
import dev.ccproxy.insight.CacheVerdict;
import dev.ccproxy.insight.Difference;
import dev.ccproxy.insight.PartKind;
import dev.ccproxy.pricing.CacheWorth;
import dev.ccproxy.pricing.Cost;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.recording.ThreadMemory.Answer;
import dev.ccproxy.recording.ThreadMemory.Prefix;
import dev.ccproxy.recording.ThreadMemory.ThreadKey;
import dev.ccproxy.session.Asking;
import dev.ccproxy.session.Ending;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.session.SessionTrack;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is to be known of exchanges, once, as they are recorded, from what is new in each. Safe for all threads;
 * the exchanges of one thread are taken in the order in which they end.
 */
public final class Derivation {

    /** What is known of agents of Claude Code besides what they send. */
    @FunctionalInterface
    public interface Definitions {
        /** Name of the agent whose definition one of these system texts begins with. */
        Optional<String> named(List<String> systemTexts);
    }

    /**
     * What a request is.
     *
     * @param group what it and its repetitions share; null where it has no body
     */
    record AskedFindings(Findings findings, @Nullable String group, SessionNews news) {}

    /** What an exchange that has ended is. */
    record EndedFindings(Findings findings, SessionNews news) {}

    private final Recall recall;
    private final Supplier<CostCalculator> costs;
    private final Definitions definitions;
    private final MarkMemory marks;
    private final ThreadMemory memory;
    private final FollowedSessions sessions;

    /**
     * Follows sessions from now on.
     *
     * @param costs is asked for each exchange: it may give another price list when prices change
     * @param mostBytes heap bytes, about, of what is remembered of sessions and threads
     */
    public Derivation(Recall recall, Supplier<CostCalculator> costs, Definitions definitions, long mostBytes) {
        this.recall = recall;
        this.costs = costs;
        this.definitions = definitions;
        this.marks = new MarkMemory(mostBytes / 2);
        this.memory = new ThreadMemory(mostBytes / 4);
        this.sessions = new FollowedSessions(recall, mostBytes / 4);
    }

    /** What a request says, read on from where an earlier one ended; {@code body} is null where it is not there. */
    Asked read(Opened opened, @Nullable Bytes body, Room room) {
        Asked asked = RequestReading.read(opened, body, marks, room);
        String agent = asked.agentId();
        String session = asked.sessionId();
        if (body == null || agent == null || session == null || !wantsDefinition(session, agent)) {
            return asked;
        }
        return RequestReading.plain(opened.headers(), body, room)
                .flatMap(plain -> definitions.named(SystemTexts.of(plain)))
                .map(asked::definedAs)
                .orElse(asked);
    }

    private boolean wantsDefinition(String session, String agent) {
        SessionTrack track = sessions.track(session);
        synchronized (track) {
            return track.wantsDefinition(agent);
        }
    }

    /** The request with the session that it seems to belong to, where it names none. */
    Asked named(ExchangeId id, Asked asked) {
        return sessions.named(id, asked);
    }

    /**
     * What is to be known of a request.
     *
     * @param body what tells bodies apart; null where there is none
     */
    AskedFindings asked(ExchangeSummary summary, Asked asked, @Nullable String body) {
        String session = summary.sessionId();
        if (session == null) {
            return new AskedFindings(Findings.NONE, body, SessionNews.NONE);
        }
        SessionTrack track = sessions.track(session);
        synchronized (track) {
            Histories.Origin origin = sessions.origin(session, track, asked);
            SessionTrack.Placed placed = track.asked(new Asking(
                    summary.agentId(),
                    summary.parentAgentId(),
                    summary.kind(),
                    asked.conversation(),
                    asked.promptId(),
                    asked.agentType(),
                    asked.definition(),
                    body,
                    Boolean.TRUE.equals(asked.stream())));
            sessions.remember(session, track);
            Labels labels = track.labels(summary.agentId()).inferredFrom(asked.inferredFrom());
            return new AskedFindings(
                    Findings.of(placed.place(), labels),
                    placed.group(),
                    placed.news().with(sessions.sent(session, asked), origin));
        }
    }

    /**
     * What is to be known of an exchange that has ended.
     *
     * @param asked null where its request was not read
     * @param body as it was given with the request
     */
    EndedFindings ended(ExchangeSummary summary, @Nullable Asked asked, @Nullable String body, Answered answered) {
        CostCalculator calculator = costs.get();
        Conversation conversation = asked == null ? null : asked.conversation();
        Charge charge = charge(calculator, summary, answered);
        CacheReading cache = cache(calculator, summary, conversation, answered);
        Place place = summary.findings().place();
        Waste waste = charge == null || charge.nanoUsd() == 0 ? null : waste(summary.outcome(), place);
        String session = summary.sessionId();
        if (session == null) {
            return new EndedFindings(new Findings(charge, cache, waste, place, Labels.NONE), SessionNews.NONE);
        }
        if (asked != null && summary.outcome() != Outcome.COMPLETED) {
            sessions.failed(asked);
        }
        SessionTrack track = sessions.track(session);
        synchronized (track) {
            SessionNews news = track.answered(new Ending(
                    summary.agentId(),
                    summary.kind(),
                    body,
                    summary.outcome(),
                    summary.status(),
                    answered.calls(),
                    answered.text()));
            sessions.remember(session, track);
            Labels labels = track.labels(summary.agentId())
                    .inferredFrom(summary.findings().labels().inferredFrom());
            return new EndedFindings(new Findings(charge, cache, waste, place, labels), news);
        }
    }

    private static @Nullable Waste waste(Outcome outcome, Place place) {
        if (place.reason() == AttemptReason.DOUBLE_SEND) {
            return Waste.DOUBLE_SEND;
        }
        return switch (outcome) {
            case CLIENT_LEFT, CANCELLED, DRAINED -> Waste.ABANDONED;
            case UPSTREAM_ERROR, UPSTREAM_BROKE, UPSTREAM_TIMEOUT -> Waste.BROKEN;
            case RUNNING, COMPLETED, REFUSED, INTERRUPTED -> null;
        };
    }

    private static @Nullable Charge charge(CostCalculator calculator, ExchangeSummary summary, Answered answered) {
        Integer status = summary.status();
        boolean generated = status != null && status < 300 && summary.path().endsWith("/messages");
        if (answered.tokens() == null && !generated) {
            return null;
        }
        Cost cost = calculator.cost(summary.model(), summary.at(), answered.tokens(), answered.complete());
        return new Charge(cost.nanoUsd(), cost.certainty());
    }

    private @Nullable CacheReading cache(
            CostCalculator calculator,
            ExchangeSummary summary,
            @Nullable Conversation conversation,
            Answered answered) {
        ThreadKey thread = thread(summary);
        TokenUsage tokens = answered.tokens();
        if (thread == null || tokens == null) {
            return null;
        }
        CacheStep step = new CacheStep(summary.at(), summary.kind(), summary.model(), summary.usage());
        Answer before = memory.lastAnswer(thread).orElseGet(() -> recalled(thread));
        memory.answered(thread, new Answer(step, Prefix.of(conversation)));
        CacheVerdict verdict = CacheJudge.judge(
                before == null ? null : before.step(),
                step,
                () -> difference(before == null ? null : before.prefix(), conversation));
        CacheWorth worth = calculator.cacheWorth(summary.model(), summary.at(), tokens, verdict.lostTokens());
        return new CacheReading(
                verdict.result(), verdict.cause(), verdict.lostTokens(), worth.lostNanoUsd(), worth.savedNanoUsd());
    }

    private @Nullable Answer recalled(ThreadKey thread) {
        String agent = thread.agent().isEmpty() ? null : thread.agent();
        return recall.lastAnswered(thread.session(), agent)
                .map(last -> new Answer(new CacheStep(last.at(), last.kind(), last.model(), last.usage()), null))
                .orElse(null);
    }

    private static Difference difference(@Nullable Prefix before, @Nullable Conversation after) {
        if (before == null || after == null) {
            return new Difference.Unknown();
        }
        if (before.tools() != after.tools()) {
            return new Difference.At(PartKind.TOOLS, "tools", "tools");
        }
        if (before.system() != after.system()) {
            return new Difference.At(PartKind.SYSTEM, "system", "system");
        }
        int common = before.messages().common(after.messages());
        return common == before.messages().count()
                ? new Difference.Nowhere()
                : new Difference.At(PartKind.USER, "messages[" + common + "]", "history");
    }

    /** Null where an exchange is no part of a conversation. */
    private static @Nullable ThreadKey thread(ExchangeSummary summary) {
        String session = summary.sessionId();
        return session != null && isConversation(summary.kind()) ? ThreadKey.of(session, summary.agentId()) : null;
    }

    private static boolean isConversation(Kind kind) {
        return switch (kind) {
            case MAIN, SUBAGENT, COMPACTION -> true;
            case TITLE, COUNT_TOKENS, CLASSIFIER, OTHER -> false;
        };
    }
}
