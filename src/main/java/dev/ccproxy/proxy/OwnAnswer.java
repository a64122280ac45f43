package dev.ccproxy.proxy;

import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.ErrorEnvelope;
import dev.ccproxy.upstream.UpstreamFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer under {@code /v1} that the proxy makes itself. Never 400 or 404: Claude Code reacts to both by changing what
 * it sends.
 *
 * @param type Anthropic's error type, such as {@code overloaded_error}
 * @param retryAfter sent as {@code retry-after}; null for none
 */
record OwnAnswer(
        int status,
        String type,
        String message,
        Outcome outcome,
        @Nullable Duration retryAfter) {

    private static final String ESTIMATE = "input_tokens";

    static OwnAnswer of(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.Unreachable unreachable ->
                new OwnAnswer(502, "api_error", unreachable.message(), Outcome.UPSTREAM_BROKE, null);
            case UpstreamFailure.Broke broke ->
                new OwnAnswer(502, "api_error", broke.message(), Outcome.UPSTREAM_BROKE, null);
            case UpstreamFailure.ConnectTimeout late ->
                new OwnAnswer(502, "api_error", late.message(), Outcome.UPSTREAM_TIMEOUT, null);
            case UpstreamFailure.Timeout late ->
                new OwnAnswer(504, "api_error", late.message(), Outcome.UPSTREAM_TIMEOUT, null);
        };
    }

    static OwnAnswer tooLarge(long limit) {
        return new OwnAnswer(
                413,
                "request_too_large",
                "the request body is larger than this proxy forwards (server.max_body_bytes is " + limit + " bytes)",
                Outcome.REFUSED,
                null);
    }

    static OwnAnswer tokenNeeded() {
        return new OwnAnswer(
                401,
                "authentication_error",
                "this proxy needs a token of its own, and none of the credentials sent is one: send the token as"
                        + " Authorization: Bearer, or in the header that your Anthropic credential does not use"
                        + " (see Sharing a proxy in its README)",
                Outcome.REFUSED,
                null);
    }

    static OwnAnswer roleTooSmall() {
        return new OwnAnswer(
                403,
                "permission_error",
                "this token of the proxy is for looking at what was recorded, not for sending requests",
                Outcome.REFUSED,
                null);
    }

    static OwnAnswer draining() {
        return new OwnAnswer(
                503,
                "overloaded_error",
                "this proxy is shutting down and takes no new requests",
                Outcome.REFUSED,
                Duration.ofSeconds(1));
    }

    static OwnAnswer refusedByRule(String message) {
        return new OwnAnswer(403, "permission_error", message, Outcome.REFUSED, null);
    }

    /** A count of tokens, in place of one that nobody else makes. */
    static OwnAnswer estimate(long tokens) {
        return new OwnAnswer(200, ESTIMATE, Long.toString(tokens), Outcome.COMPLETED, null);
    }

    boolean isEstimate() {
        return type.equals(ESTIMATE);
    }

    byte[] body() {
        return isEstimate()
                ? ("{\"input_tokens\":" + message + "}").getBytes(StandardCharsets.UTF_8)
                : ErrorEnvelope.bytes(type, message);
    }

    /** One sentence for the record. */
    String detail() {
        return isEstimate() ? "the tokens were estimated by this proxy" : message;
    }

    static OwnAnswer upgrade() {
        return new OwnAnswer(
                403,
                "permission_error",
                "this proxy does not switch protocols: send the request without Upgrade, and never CONNECT",
                Outcome.REFUSED,
                null);
    }
}
