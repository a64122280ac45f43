package dev.ccproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.session.Anomalies.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnomaliesTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private final List<Step> steps = new ArrayList<>();

    @Test
    void anOrdinaryCourseHasNone() {
        for (int i = 0; i < 50; i++) {
            step(i * 10, Outcome.COMPLETED, 40_000 + i * 3_000, i, null);
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void theSameCallThreeTimesInARowIsALoopOnce() {
        for (int i = 0; i < 5; i++) {
            step(i, Outcome.COMPLETED, 40_000, 7, null);
        }
        assertThat(found()).containsExactly(Anomaly.Kind.REPEATED_CALL);
    }

    @Test
    void muchMoreContextAtOnceIsAJump() {
        step(0, Outcome.COMPLETED, 50_000, 1, null);
        step(1, Outcome.COMPLETED, 120_000, 2, null);
        assertThat(found()).containsExactly(Anomaly.Kind.CONTEXT_JUMP);
    }

    @Test
    void threeFailuresWithinAMinuteAreABurstAndThoseOfUsersAreNone() {
        step(0, Outcome.CLIENT_LEFT, 0, 0, null);
        step(1, Outcome.UPSTREAM_ERROR, 0, 0, null);
        step(30, Outcome.UPSTREAM_BROKE, 0, 0, null);
        assertThat(found()).isEmpty();
        step(59, Outcome.UPSTREAM_ERROR, 0, 0, null);
        assertThat(found()).containsExactly(Anomaly.Kind.ERROR_BURST);
    }

    @Test
    void aDoubleSendIsOne() {
        step(0, Outcome.COMPLETED, 10, 1, AttemptReason.DOUBLE_SEND);
        step(1, Outcome.COMPLETED, 10, 2, AttemptReason.RETRY);
        assertThat(found()).containsExactly(Anomaly.Kind.DOUBLE_SEND);
    }

    private List<Anomaly.Kind> found() {
        return Anomalies.in(steps).stream().map(Anomaly::kind).toList();
    }

    private void step(int second, Outcome outcome, long context, long calls, @Nullable AttemptReason reason) {
        Instant at = START.plusSeconds(second);
        steps.add(new Step(ExchangeId.next(at), at, null, true, outcome, context, calls, "Bash", reason));
    }
}
