package dev.ccproxy.insight;

import static dev.ccproxy.insight.Conversations.CALL;
import static dev.ccproxy.insight.Conversations.FIRST;
import static dev.ccproxy.insight.Conversations.RESULT;
import static dev.ccproxy.insight.Conversations.SYSTEM;
import static dev.ccproxy.insight.Conversations.TOOLS;
import static dev.ccproxy.insight.Conversations.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.Usage;
import dev.ccproxy.insight.ContextBreakdown.Segment;
import dev.ccproxy.insight.ContextBreakdown.Unused;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ContextBreakdownTest {

    private final Prompt prompt = prompt(TOOLS, SYSTEM, FIRST, CALL, RESULT);

    @RepeatedTest(20)
    void thePartsAddUpToTheBilledTotal(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Usage usage = new Usage(random.nextInt(1, 5_000), 1, random.nextInt(90_000), random.nextInt(9_000), 0);
        ContextBreakdown breakdown = ContextBreakdown.of(prompt, usage);
        assertThat(breakdown.scaled()).isTrue();
        assertThat(breakdown.tokens()).isEqualTo(usage.context());
        assertThat(breakdown.segments().stream().mapToLong(Segment::tokens).sum())
                .isEqualTo(usage.context());
        assertThat(breakdown.segments())
                .allSatisfy(segment -> assertThat(segment.items().stream()
                                .mapToLong(ContextBreakdown.Item::tokens)
                                .sum())
                        .isEqualTo(segment.tokens()));
    }

    @Test
    void withoutUsageTheEstimateIsSaidToBeOne() {
        ContextBreakdown breakdown = ContextBreakdown.of(prompt, null);
        assertThat(breakdown.scaled()).isFalse();
        assertThat(breakdown.tokens()).isEqualTo(prompt.estimatedTokens());
    }

    @Test
    void theCachesPrefixDecidesWhatWasRead() {
        long tokens = prompt.estimatedTokens();
        long tools = prompt.parts().stream()
                .limit(3)
                .mapToLong(PromptPart::estimatedTokens)
                .sum();
        ContextBreakdown breakdown = ContextBreakdown.of(prompt, new Usage(0, 1, tools, tokens - tools, 0));
        assertThat(breakdown.segments())
                .allSatisfy(segment -> assertThat(segment.cached())
                        .isEqualTo(
                                segment.kind() == PartKind.TOOLS || segment.kind() == PartKind.MCP
                                        ? CacheState.READ
                                        : CacheState.WRITE));
    }

    @Test
    void toolsThatNobodyCallsAndFilesReadTwiceAreNamed() {
        String again = CALL.replace("toolu_1", "toolu_2");
        String resultAgain = RESULT.replace("toolu_1", "toolu_2");
        ContextBreakdown breakdown =
                ContextBreakdown.of(prompt(TOOLS, SYSTEM, FIRST, CALL, RESULT, again, resultAgain), null);
        assertThat(breakdown.unused().stream().map(unused -> unused.reason() + " " + unused.label()))
                .containsExactlyInAnyOrder("NEVER_CALLED Bash", "NEVER_CALLED mcp__db__query", "READ_AGAIN /p/a.txt");
        assertThat(breakdown.unused())
                .filteredOn(unused -> unused.reason() == Unused.Reason.READ_AGAIN)
                .allSatisfy(unused -> assertThat(unused.times()).isEqualTo(2));
    }
}
