package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.ContentDecoding;
import dev.ccproxy.http.Decoded;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.json.Json;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.json.JsonSpans;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for one whole answer that goes to the provider as one for a stream, which is folded again: connections that
 * carry bytes live longer than silent ones. One value of the request is replaced, or one member inserted; every other
 * byte stays. Pure.
 */
public final class Demotion {

    /** One event holds at most one delta, or one whole block. */
    private static final int MOST_EVENT_BYTES = 16 << 20;

    private static final int MOST_DECODED_BYTES = 256 << 20;

    private static final Bytes TRUE = Bytes.utf8("true");
    private static final Bytes FALSE = Bytes.utf8("false");
    private static final Json JSON = new Json();

    private Demotion() {}

    /** What a stream added up to. */
    public sealed interface Folded {

        /** The message as JSON. */
        record Message(Bytes json) implements Folded {}

        /** The error event that broke it, as the error answer that it would have been. */
        record Failure(int status, Bytes json) implements Folded {}

        /** It is not whole, or not to be understood. */
        record Unusable(String why) implements Folded {}
    }

    /** Whether a request may be one of these; only its body tells. */
    public static boolean mayConcern(String method, String target, Headers headers) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return method.equals("POST") && path.equals("/v1/messages") && !headers.contains("content-encoding");
    }

    /** The body that asks for a stream; empty where the client's own does already, or is no JSON object. */
    public static Optional<Bytes> rewritten(Bytes body) {
        Optional<Map<String, JsonSpan>> members = JsonSpans.members(body);
        if (members.isEmpty()) {
            return Optional.empty();
        }
        JsonSpan stream = members.get().get("stream");
        if (stream == null) {
            return JsonSpans.find(body).map(object -> JsonSpans.insertMember(body, object, "stream", TRUE));
        }
        return stream.of(body).equals(FALSE) ? Optional.of(JsonSpans.replace(body, stream, TRUE)) : Optional.empty();
    }

    /** Whether an answer is a stream to be folded; anything else passes as it is. */
    public static boolean isStream(int status, Headers headers) {
        String events = "text/event-stream";
        return status == 200
                && headers.first("content-type")
                        .filter(type -> type.strip().regionMatches(true, 0, events, 0, events.length()))
                        .isPresent();
    }

    /**
     * Reads a whole stream.
     *
     * @param room for what it decodes to meanwhile
     */
    public static Folded fold(Bytes wire, Headers headers, Room room) {
        String encoding = String.join(",", headers.all("content-encoding"));
        try (Share share = new Share(room)) {
            return folded(ContentDecoding.decode(encoding, wire, MOST_DECODED_BYTES, share));
        }
    }

    private static Folded folded(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Whole(Bytes stream) -> folded(FoldedMessage.ofStream(JSON, stream, MOST_EVENT_BYTES));
            case Decoded.Cut(Bytes bytes) -> new Folded.Unusable("its content encoding ends too early");
            case Decoded.Corrupt(Bytes bytes) -> new Folded.Unusable("its content encoding is damaged");
            case Decoded.TooLarge(long limit) -> new Folded.Unusable("it is longer than this proxy can hold");
            case Decoded.Unknown(String name) -> new Folded.Unusable("its content encoding is not known");
        };
    }

    private static Folded folded(FoldedMessage folded) {
        ObjectNode error = folded.error();
        ObjectNode message = folded.message();
        if (error != null) {
            return new Folded.Failure(status(error.path("error").path("type").asString("")), JSON.exact(error));
        }
        return message == null || !folded.complete()
                ? new Folded.Unusable("it ended before its message was whole")
                : new Folded.Message(JSON.exact(message));
    }

    /** The status with which the Messages API answers an error of this type. */
    private static int status(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    /** What was taken of a room, to be given back at once. */
    private static final class Share implements Room, AutoCloseable {
        private final Room whole;
        private long takenBytes;

        Share(Room whole) {
            this.whole = whole;
        }

        @Override
        public boolean take(long bytes) {
            boolean taken = whole.take(bytes);
            takenBytes += taken ? bytes : 0;
            return taken;
        }

        @Override
        public void giveBack(long bytes) {
            whole.giveBack(bytes);
            takenBytes -= bytes;
        }

        @Override
        public void close() {
            giveBack(takenBytes);
        }
    }
}
