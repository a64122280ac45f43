package dev.ccproxy.server;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.util.List;

/** What the server refuses by itself, as problem documents (RFC 9457). */
final class Problems {

    private Problems() {}

    static Answer.Full badRequest(String detail) {
        return problem(400, "Bad request", detail);
    }

    static Answer.Full notFound(String path) {
        return problem(404, "Not found", "nothing is at " + path.replaceAll("[^\\p{Alnum}/._~:-]", "?"));
    }

    static Answer.Full wrongMethod(String allow) {
        Answer.Full problem = problem(405, "Method not allowed", "this path answers " + allow);
        List<Header> headers = new java.util.ArrayList<>(problem.headers().lines());
        headers.add(new Header("Allow", allow));
        return new Answer.Full(405, new Headers(headers), problem.body());
    }

    static Answer.Full foreignOrigin() {
        return problem(
                403,
                "Foreign origin",
                "changes are only taken from the dashboard's own pages (or without an Origin header)");
    }

    static Answer.Full tooLarge(int limit) {
        return problem(413, "Request too large", "this endpoint reads at most " + limit + " bytes");
    }

    static Answer.Full internal() {
        return problem(500, "Internal error", "this is a defect of the proxy; its log has the details");
    }

    private static Answer.Full problem(int status, String title, String detail) {
        String json = "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\""
                + detail + "\"}";
        return new Answer.Full(status, Headers.of("Content-Type", "application/problem+json"), Bytes.utf8(json));
    }
}
