package dev.ccproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * One that a rule names and that did not answer, so that another was asked.
 *
 * @param provider such as {@code openai}
 * @param model what was asked of it
 * @param status of its refusal; null where it gave none
 * @param why one sentence
 */
public record FailedAttempt(
        String provider, String model, @Nullable Integer status, String why) {}
