package dev.ccproxy.session;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Tells repeated requests of one agent from new ones: the client's own retry counter is always 0. For one thread at a
 * time.
 */
final class Attempts {

    private static final int BAD_REQUEST = 400;

    /**
     * What came of a request.
     *
     * @param group what it and its repetitions share
     * @param digest of its messages; 0 where they were not read
     */
    private record Sent(
            String group,
            String body,
            long digest,
            boolean streamed,
            int attempt,
            @Nullable Outcome outcome,
            @Nullable Integer status) {

        Sent ended(Outcome how, @Nullable Integer with) {
            return new Sent(group, body, digest, streamed, attempt, how, with);
        }

        boolean failed() {
            return outcome != null && outcome != Outcome.COMPLETED;
        }
    }

    /**
     * Which attempt a request is.
     *
     * @param reason null for a first one
     */
    record Attempt(String group, int number, @Nullable AttemptReason reason) {}

    private @Nullable Sent last;

    /** Takes a request with a body that is told apart from others by {@code body}. */
    Attempt asked(String body, @Nullable Conversation conversation, boolean streamed) {
        long digest = conversation == null ? 0 : conversation.messages().digest();
        AttemptReason reason = last == null
                ? null
                : reason(last, body, digest, streamed, conversation != null && conversation.goesOn());
        Sent before = last;
        Attempt attempt = before == null || reason == null
                ? new Attempt(body, 1, null)
                : new Attempt(before.group, before.attempt + 1, reason);
        last = new Sent(attempt.group(), body, digest, streamed, attempt.number(), null, null);
        return attempt;
    }

    private static @Nullable AttemptReason reason(
            Sent last, String body, long digest, boolean streamed, boolean goesOn) {
        if (last.body.equals(body)) {
            return last.failed() ? AttemptReason.RETRY : AttemptReason.DOUBLE_SEND;
        }
        if (!last.failed()) {
            return null;
        }
        if (goesOn) {
            return AttemptReason.CONTINUATION;
        }
        if (digest == 0 || last.digest != digest) {
            return null;
        }
        if (last.streamed && !streamed) {
            return AttemptReason.FALLBACK;
        }
        return Integer.valueOf(BAD_REQUEST).equals(last.status) ? AttemptReason.DEGRADED : AttemptReason.RETRY;
    }

    void ended(@Nullable String body, Outcome outcome, @Nullable Integer status) {
        if (last != null && last.body.equals(body)) {
            last = last.ended(outcome, status);
        }
    }
}
