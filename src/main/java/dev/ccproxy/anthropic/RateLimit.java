package dev.ccproxy.anthropic;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an answer said about one limit ({@code anthropic-ratelimit-*}); null where it did not say. A limit of requests or
 * tokens tells how many remain; one of a plan ({@code unified-5h}, {@code unified-7d}) tells which part is used.
 *
 * @param name such as {@code input-tokens} or {@code unified-5h}
 * @param status such as {@code allowed}, {@code allowed_warning} or {@code rejected}
 * @param limit most requests or tokens of the window
 * @param utilization of the window, 0 to 1; may be more where use beyond the plan is allowed
 * @param resetsAt when the window ends
 * @param detail what else it said, such as {@code representative-claim: five_hour}
 */
public record RateLimit(
        String name,
        @Nullable String status,
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Double utilization,
        @Nullable Instant resetsAt,
        @Nullable String detail) {

    /** Whether it belongs to a plan and so is one for all models. */
    public boolean ofPlan() {
        return name.startsWith("unified");
    }
}
