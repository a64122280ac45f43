package dev.ccproxy.upstream;

/** Why an upstream gave no (whole) answer; {@code message} is a sentence for people without secrets. */
public sealed interface UpstreamFailure {

    String message();

    /** No connection: name not found, refused, TLS failed, connect time ran out. The request never left. */
    record Unreachable(String message) implements UpstreamFailure {}

    /** The connection broke, or what came was not HTTP. */
    record Broke(String message) implements UpstreamFailure {}

    /** No response head within the limit, or nothing of the request taken for as long. */
    record Timeout(String message) implements UpstreamFailure {}
}
