package dev.ccproxy.insight;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.insight.CacheVerdict.Cause;
import dev.ccproxy.insight.CacheVerdict.State;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges a request against the one before it in its thread. */
public final class CacheJudge {

    private static final Duration SHORT_LIFE = Duration.ofMinutes(5);
    private static final Duration LONG_LIFE = Duration.ofHours(1);

    /** A breakpoint moves by a block at times: what is lost then is no break. */
    private static final long TOLERATED_TOKENS = 1_024;

    private static final double TOLERATED_SHARE = 0.02;

    private CacheJudge() {}

    /**
     * The verdict on {@code now}.
     *
     * @param before the request before it in its thread that reported usage; null where there is none
     * @param changes what differs between both; asked for only when there was a break. Null where the bodies are gone
     */
    public static CacheVerdict judge(
            @Nullable CacheStep before, CacheStep now, Supplier<@Nullable PromptChanges> changes) {
        Usage usage = now.usage();
        if (usage == null) {
            return CacheVerdict.of(State.NONE, 0);
        }
        Usage earlier = before == null ? null : before.usage();
        if (before == null || earlier == null) {
            return CacheVerdict.of(State.FIRST, 0);
        }
        long expected = earlier.cacheRead() + earlier.cacheWrite5m() + earlier.cacheWrite1h();
        if (expected == 0) {
            return CacheVerdict.of(State.NONE, 0);
        }
        long lost = expected - usage.cacheRead();
        if (lost <= Math.max(TOLERATED_TOKENS, expected * TOLERATED_SHARE)) {
            return CacheVerdict.of(State.HIT, expected);
        }
        return broken(before, earlier, now, expected, lost, changes.get());
    }

    private static CacheVerdict broken(
            CacheStep before, Usage earlier, CacheStep now, long expected, long lost, @Nullable PromptChanges changes) {
        PromptChanges.Block block = changes == null ? null : changes.firstBreak();
        Cause cause = cause(before, earlier, now, block);
        boolean certain = changes != null && cause != Cause.SERVER_MISS;
        return new CacheVerdict(
                State.BREAK,
                cause,
                block == null ? null : block.part().path(),
                block == null ? null : block.part().label(),
                expected,
                lost,
                certain || cause == Cause.MODEL_CHANGED || cause == Cause.TTL_EXPIRED);
    }

    /** What would have broken the cache by itself comes first. */
    private static Cause cause(CacheStep before, Usage earlier, CacheStep now, PromptChanges.@Nullable Block block) {
        if (!Objects.equals(before.model(), now.model())) {
            return Cause.MODEL_CHANGED;
        }
        if (Duration.between(before.at(), now.at()).compareTo(life(earlier)) > 0) {
            return Cause.TTL_EXPIRED;
        }
        if (before.kind() == Kind.COMPACTION) {
            return Cause.COMPACTION;
        }
        if (block == null) {
            return Cause.SERVER_MISS;
        }
        return switch (block.part().kind()) {
            case TOOLS, MCP -> Cause.TOOLS_CHANGED;
            case SYSTEM -> Cause.SYSTEM_CHANGED;
            case MEMORY, SKILLS, REMINDER, USER, ASSISTANT, THINKING, TOOLCALL, RESULT, IMAGE, OTHER ->
                Cause.HISTORY_REWRITTEN;
        };
    }

    /** What was written for five minutes, and what of unknown life was read, lives five minutes. */
    private static Duration life(Usage earlier) {
        return earlier.cacheWrite1h() > 0 && earlier.cacheWrite5m() == 0 ? LONG_LIFE : SHORT_LIFE;
    }
}
