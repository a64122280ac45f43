package dev.ccproxy.insight;

import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Usage;
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
     * @param difference between both; asked for only when there was a break
     */
    public static CacheVerdict judge(@Nullable CacheStep before, CacheStep now, Supplier<Difference> difference) {
        Usage usage = now.usage();
        if (usage == null) {
            return CacheVerdict.of(CacheResult.NONE, 0);
        }
        Usage earlier = before == null ? null : before.usage();
        if (before == null || earlier == null) {
            return CacheVerdict.of(CacheResult.FIRST, 0);
        }
        long expected = earlier.cacheRead() + earlier.cacheWrite5m() + earlier.cacheWrite1h();
        if (expected == 0) {
            return CacheVerdict.of(CacheResult.NONE, 0);
        }
        long lost = expected - usage.cacheRead();
        if (lost <= Math.max(TOLERATED_TOKENS, expected * TOLERATED_SHARE)) {
            return CacheVerdict.of(CacheResult.HIT, expected);
        }
        return broken(before, earlier, now, expected, lost, difference.get());
    }

    private static CacheVerdict broken(
            CacheStep before, Usage earlier, CacheStep now, long expected, long lost, Difference difference) {
        Difference.At at = difference instanceof Difference.At found ? found : null;
        CacheCause cause = cause(before, earlier, now, at);
        boolean certain = !(difference instanceof Difference.Unknown) && cause != CacheCause.SERVER_MISS;
        return new CacheVerdict(
                CacheResult.BREAK,
                cause,
                at == null ? null : at.path(),
                at == null ? null : at.label(),
                expected,
                lost,
                certain || cause == CacheCause.MODEL_CHANGED || cause == CacheCause.TTL_EXPIRED);
    }

    /** What would have broken the cache by itself comes first. */
    private static CacheCause cause(
            CacheStep before, Usage earlier, CacheStep now, Difference.@Nullable At difference) {
        if (!Objects.equals(before.model(), now.model())) {
            return CacheCause.MODEL_CHANGED;
        }
        if (Duration.between(before.at(), now.at()).compareTo(life(earlier)) > 0) {
            return CacheCause.TTL_EXPIRED;
        }
        if (before.kind() == Kind.COMPACTION) {
            return CacheCause.COMPACTION;
        }
        if (difference == null) {
            return CacheCause.SERVER_MISS;
        }
        return switch (difference.kind()) {
            case TOOLS, MCP -> CacheCause.TOOLS_CHANGED;
            case SYSTEM -> CacheCause.SYSTEM_CHANGED;
            case MEMORY, SKILLS, REMINDER, USER, ASSISTANT, THINKING, TOOLCALL, RESULT, IMAGE, OTHER ->
                CacheCause.HISTORY_REWRITTEN;
        };
    }

    /** What was written for five minutes, and what of unknown life was read, lives five minutes. */
    private static Duration life(Usage earlier) {
        return earlier.cacheWrite1h() > 0 && earlier.cacheWrite5m() == 0 ? LONG_LIFE : SHORT_LIFE;
    }
}
