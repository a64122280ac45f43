package dev.ccproxy.storage;

import dev.ccproxy.exchange.FailedAttempt;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went to a provider and came back where that is not what the client sent and got.
 *
 * @param failed those that were asked before and did not answer, in their order
 * @param losses names of what a translation could not carry over
 * @param requestHeaders redacted
 * @param request what {@code requestBody} says is held; null when dropped
 * @param status null where the provider gave no answer
 * @param responseHeaders redacted; null where the provider gave no answer
 * @param responseBody null where the answer passed as it was, and where there was none
 * @param response what {@code responseBody} says is held; null when dropped
 */
public record UpstreamLegs(
        RouteTaken route,
        List<FailedAttempt> failed,
        List<String> losses,
        Headers requestHeaders,
        BodyFacts requestBody,
        @Nullable Bytes request,
        @Nullable Integer status,
        @Nullable Headers responseHeaders,
        @Nullable BodyFacts responseBody,
        @Nullable Bytes response) {

    public UpstreamLegs {
        failed = List.copyOf(failed);
        losses = List.copyOf(losses);
    }

    /** Heap bytes of both bodies. */
    long contentBytes() {
        return (request == null ? 0 : request.length()) + (response == null ? 0 : (long) response.length());
    }

    /** Heap bytes of both heads. */
    long headerBytes() {
        return requestHeaders.heapBytes() + (responseHeaders == null ? 0 : responseHeaders.heapBytes());
    }

    /** The same with both bodies dropped; so are they when read back. */
    public UpstreamLegs withoutContent() {
        return new UpstreamLegs(
                route,
                failed,
                losses,
                requestHeaders,
                requestBody.dropped(),
                null,
                status,
                responseHeaders,
                responseBody == null ? null : responseBody.dropped(),
                null);
    }
}
