package dev.ccproxy.api.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing a route may answer.
 *
 * @param type the record whose JSON form the body is; null where the body is no JSON of ours
 * @param headers names of the headers that carry something of interest, each with a sentence
 */
public record Reply(
        int status,
        String description,
        String contentType,
        @Nullable Class<?> type,
        List<ReplyHeader> headers) {

    public Reply {
        headers = List.copyOf(headers);
    }

    /** A header that tells something the body does not. */
    public record ReplyHeader(String name, String description) {}

    public static Reply json(int status, Class<?> type, String description) {
        return new Reply(status, description, "application/json", type, List.of());
    }

    /** A failure, as {@code application/problem+json}. */
    public static Reply problem(int status, String description) {
        return new Reply(status, description, Problem.CONTENT_TYPE, Problem.class, List.of());
    }

    /** Bytes that are not JSON of ours. */
    public static Reply bytes(String contentType, String description, ReplyHeader... headers) {
        return new Reply(200, description, contentType, null, List.of(headers));
    }
}
