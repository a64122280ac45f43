package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.anthropic.ReadingMark;
import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.http.Headers;
import dev.ccproxy.insight.CacheJudge;
import dev.ccproxy.insight.CacheStep;
import dev.ccproxy.insight.CacheVerdict;
import dev.ccproxy.insight.Difference;
import dev.ccproxy.insight.PartKind;
import dev.ccproxy.pricing.CacheWorth;
import dev.ccproxy.pricing.Cost;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.recording.ThreadMemory.Answer;
import dev.ccproxy.recording.ThreadMemory.ThreadKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is to be known of exchanges, once, as they are recorded, from what is new in each. Safe for all threads;
 * the exchanges of one thread are taken in the order in which they end.
 */
public final class Derivation {

    /** What the store knows of threads that are not remembered. */
    @FunctionalInterface
    public interface Recall {
        /** The last exchange of that agent (null for the main one) that reported usage. */
        Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent);
    }

    private final Recall recall;
    private final Supplier<CostCalculator> costs;
    private final ThreadMemory memory = new ThreadMemory();

    /** {@code costs} is asked for each exchange: it may give another price list when prices change. */
    public Derivation(Recall recall, Supplier<CostCalculator> costs) {
        this.recall = recall;
        this.costs = costs;
    }

    /** Where a request with these headers may be read on from. */
    List<ReadingMark> marks(Headers headers) {
        return headers.first(RequestReading.SESSION)
                .map(session -> memory.marks(ThreadKey.of(
                        session, headers.first(RequestReading.AGENT).orElse(null))))
                .orElse(List.of());
    }

    /** Remembers a request. */
    void asked(ExchangeSummary summary, @Nullable Conversation conversation) {
        ThreadKey thread = thread(summary);
        if (thread != null && conversation != null) {
            memory.asked(thread, conversation);
        }
    }

    /** What is to be known of an exchange that has ended. */
    Findings ended(ExchangeSummary summary, @Nullable Conversation conversation, Answered answered) {
        CostCalculator calculator = costs.get();
        return new Findings(charge(calculator, summary, answered), cache(calculator, summary, conversation, answered));
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
        memory.answered(thread, new Answer(step, conversation));
        CacheVerdict verdict = CacheJudge.judge(
                before == null ? null : before.step(),
                step,
                () -> difference(before == null ? null : before.conversation(), conversation));
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

    private static Difference difference(@Nullable Conversation before, @Nullable Conversation after) {
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
