package dev.ccproxy.upstream;

/** Why an upstream gave no (whole) answer; {@code message} is a sentence for people without secrets. */
public sealed interface UpstreamFailure {

    String message();

    /** No connection: name not found, refused, TLS failed. The request never left. */
    record Unreachable(String message) implements UpstreamFailure {}

    /** The connection broke, or what came was not HTTP. */
    record Broke(String message) implements UpstreamFailure {}

    /** No connection within the limit. The request never left. */
    record ConnectTimeout(String message) implements UpstreamFailure {}

    /** One of the limits ran out on a connection that was there. */
    record Timeout(String message) implements UpstreamFailure {}
}
