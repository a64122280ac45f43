package dev.ccproxy.insight;

import static dev.ccproxy.insight.Conversations.CALL;
import static dev.ccproxy.insight.Conversations.FIRST;
import static dev.ccproxy.insight.Conversations.RESULT;
import static dev.ccproxy.insight.Conversations.SYSTEM;
import static dev.ccproxy.insight.Conversations.TOOLS;
import static dev.ccproxy.insight.Conversations.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheJudgeTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Prompt BEFORE = prompt(TOOLS, SYSTEM, FIRST);
    private static final Usage WROTE = new Usage(10, 5, 0, 50_000, 0);
    private static final Usage READ = new Usage(10, 5, 50_000, 900, 0);
    private static final Usage MISSED = new Usage(10, 5, 0, 50_900, 0);

    @Test
    void readingWhatWasWrittenIsAHit() {
        CacheVerdict verdict = judge(step(0, WROTE), step(60, READ), BEFORE);
        assertThat(verdict.result()).isEqualTo(CacheResult.HIT);
        assertThat(verdict.expectedTokens()).isEqualTo(50_000);
        assertThat(verdict.lostTokens()).isZero();
    }

    @Test
    void theFirstRequestOfAThreadHasNothingToRead() {
        assertThat(judge(null, step(0, WROTE), BEFORE).result()).isEqualTo(CacheResult.FIRST);
        assertThat(judge(step(0, null), step(9, WROTE), BEFORE).result()).isEqualTo(CacheResult.FIRST);
    }

    @Test
    void withoutACacheThereIsNoVerdict() {
        Usage plain = new Usage(900, 5, 0, 0, 0);
        assertThat(judge(step(0, plain), step(9, plain), BEFORE).result()).isEqualTo(CacheResult.NONE);
        assertThat(judge(step(0, WROTE), step(9, null), BEFORE).result()).isEqualTo(CacheResult.NONE);
    }

    @Test
    void aChangedToolIsNamed() {
        CacheVerdict verdict = judge(
                step(0, WROTE),
                step(60, MISSED),
                prompt(TOOLS.replace("Runs a", "Runs one"), SYSTEM, FIRST, CALL, RESULT));
        assertThat(verdict)
                .isEqualTo(new CacheVerdict(
                        CacheResult.BREAK, CacheCause.TOOLS_CHANGED, "tools[0]", "Bash", 50_000, 50_000, true));
    }

    @Test
    void aChangedSystemPromptAndARewrittenHistoryAreToldApart() {
        assertThat(judge(step(0, WROTE), step(60, MISSED), prompt(TOOLS, SYSTEM.replace("help", "assist"), FIRST))
                        .cause())
                .isEqualTo(CacheCause.SYSTEM_CHANGED);
        assertThat(judge(step(0, WROTE), step(60, MISSED), prompt(TOOLS, SYSTEM, FIRST.replace("a.txt", "b.txt")))
                        .cause())
                .isEqualTo(CacheCause.HISTORY_REWRITTEN);
    }

    @Test
    void aCacheLivesFiveMinutesOrAnHour() {
        Usage hour = new Usage(10, 5, 0, 0, 50_000);
        assertThat(judge(step(0, WROTE), step(301, MISSED), BEFORE).cause()).isEqualTo(CacheCause.TTL_EXPIRED);
        assertThat(judge(step(0, WROTE), step(299, MISSED), BEFORE).cause()).isEqualTo(CacheCause.SERVER_MISS);
        assertThat(judge(step(0, hour), step(3_599, MISSED), BEFORE).cause()).isEqualTo(CacheCause.SERVER_MISS);
        assertThat(judge(step(0, hour), step(3_601, MISSED), BEFORE).cause()).isEqualTo(CacheCause.TTL_EXPIRED);
    }

    @Test
    void anotherModelHasAnotherCache() {
        CacheStep other = new CacheStep(START.plusSeconds(9), Kind.MAIN, "claude-haiku-4-5", MISSED);
        assertThat(judge(step(0, WROTE), other, BEFORE).cause()).isEqualTo(CacheCause.MODEL_CHANGED);
    }

    @Test
    void afterACompactionTheHistoryIsAnother() {
        CacheStep compaction = new CacheStep(START, Kind.COMPACTION, "claude-opus-5", WROTE);
        assertThat(judge(compaction, step(9, MISSED), prompt(TOOLS, SYSTEM, CALL))
                        .cause())
                .isEqualTo(CacheCause.COMPACTION);
    }

    @Test
    void whatNothingExplainsIsTheProvidersAndNotCertain() {
        CacheVerdict verdict = judge(step(0, WROTE), step(60, MISSED), prompt(TOOLS, SYSTEM, FIRST, CALL, RESULT));
        assertThat(verdict.cause()).isEqualTo(CacheCause.SERVER_MISS);
        assertThat(verdict.certain()).isFalse();
    }

    @Test
    void aFewTokensLessAreNoBreak() {
        assertThat(judge(step(0, WROTE), step(60, new Usage(10, 5, 49_000, 1_900, 0)), BEFORE)
                        .result())
                .isEqualTo(CacheResult.HIT);
    }

    private static CacheVerdict judge(@Nullable CacheStep before, CacheStep now, Prompt after) {
        return CacheJudge.judge(
                before, now, () -> PromptChanges.between(BEFORE, after).difference());
    }

    private static CacheStep step(long seconds, @Nullable Usage usage) {
        return new CacheStep(START.plusSeconds(seconds), Kind.MAIN, "claude-opus-5", usage);
    }
}
