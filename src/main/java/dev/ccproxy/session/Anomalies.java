package dev.ccproxy.session;

import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what is worth a look in the course of a session. For one thread. */
public final class Anomalies {

    /** So many equal calls in a row are a loop. */
    private static final int LOOP = 3;

    private static final int BURST = 3;
    private static final Duration BURST_TIME = Duration.ofMinutes(1);

    /** A jump is at least so many tokens, and half of what was there. */
    private static final long JUMP_TOKENS = 30_000;

    /**
     * An exchange of the session.
     *
     * @param conversation whether it is part of its agent's conversation
     * @param context input tokens; 0 where none are known
     * @param calls a fingerprint of the tool calls of its answer; 0 for none
     * @param tool the first one that it calls
     */
    public record Step(
            ExchangeId id,
            Instant at,
            @Nullable String agentId,
            boolean conversation,
            Outcome outcome,
            long context,
            long calls,
            @Nullable String tool,
            @Nullable AttemptReason reason) {}

    /** What is known of one agent so far. */
    private static final class Course {
        private long calls;
        private int equalCalls;
        private long context;
    }

    private final Map<String, Course> courses = new HashMap<>();
    private final ArrayDeque<Step> failures = new ArrayDeque<>();
    private final List<Anomaly> found = new ArrayList<>();

    private Anomalies() {}

    /** Looks through the steps, which come oldest first. */
    public static List<Anomaly> in(List<Step> steps) {
        Anomalies anomalies = new Anomalies();
        steps.forEach(anomalies::step);
        return List.copyOf(anomalies.found);
    }

    private void step(Step step) {
        if (step.reason() == AttemptReason.DOUBLE_SEND) {
            add(Anomaly.Kind.DOUBLE_SEND, step, 1, "The same request had been answered, or still ran.");
        }
        failures(step);
        if (step.conversation() && step.context() > 0) {
            Course course = courses.computeIfAbsent(Objects.requireNonNullElse(step.agentId(), ""), _ -> new Course());
            repeated(step, course);
            jump(step, course);
        }
    }

    private void failures(Step step) {
        boolean failed = switch (step.outcome()) {
            case UPSTREAM_ERROR, UPSTREAM_BROKE, UPSTREAM_TIMEOUT -> true;
            case RUNNING, COMPLETED, CLIENT_LEFT, REFUSED, CANCELLED, DRAINED, INTERRUPTED -> false;
        };
        if (!failed) {
            return;
        }
        failures.add(step);
        while (Duration.between(failures.getFirst().at(), step.at()).compareTo(BURST_TIME) > 0) {
            failures.removeFirst();
        }
        if (failures.size() == BURST) {
            add(Anomaly.Kind.ERROR_BURST, failures.getFirst(), BURST, "Several requests failed within a minute.");
        }
    }

    private void repeated(Step step, Course course) {
        course.equalCalls = step.calls() != 0 && step.calls() == course.calls ? course.equalCalls + 1 : 1;
        course.calls = step.calls();
        if (course.equalCalls == LOOP) {
            add(
                    Anomaly.Kind.REPEATED_CALL,
                    step,
                    LOOP,
                    Objects.requireNonNullElse(step.tool(), "A tool")
                            + " was called with the same arguments again and again.");
        }
    }

    private void jump(Step step, Course course) {
        long more = step.context() - course.context;
        if (course.context > 0 && more >= JUMP_TOKENS && more * 2 >= course.context) {
            add(Anomaly.Kind.CONTEXT_JUMP, step, 1, "The context grew by " + more + " tokens at once.");
        }
        course.context = step.context();
    }

    private void add(Anomaly.Kind kind, Step step, int count, String detail) {
        found.add(new Anomaly(kind, step.id(), step.at(), step.agentId(), count, detail));
    }
}
