package dev.ccproxy.server;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.util.ArrayList;
import java.util.List;

/** What the server refuses by itself, as problem documents (RFC 9457). */
final class Problems {

    private Problems() {}

    static Answer.Full badRequest(String detail) {
        return problem(400, "bad-request", "Bad request", detail, "Correct the request target.");
    }

    static Answer.Full notFound(String path) {
        return problem(
                404,
                "not-found",
                "Not found",
                "Nothing is at " + path.replaceAll("[^\\p{Alnum}/._~:-]", "?") + ".",
                "/openapi.json lists what there is.");
    }

    static Answer.Full wrongMethod(String allow) {
        Answer.Full problem = problem(
                405,
                "wrong-method",
                "Method not allowed",
                "This path answers " + allow + ".",
                "Use one of these; /openapi.json lists what each does.");
        List<Header> headers = new ArrayList<>(problem.headers().lines());
        headers.add(new Header("Allow", allow));
        return new Answer.Full(405, new Headers(headers), problem.body());
    }

    static Answer.Full foreignOrigin() {
        return problem(
                403,
                "foreign-origin",
                "Foreign origin",
                "A page of another site asked for a change.",
                "Ask from the dashboard's own pages, or from a program that sends no Origin header.");
    }

    static Answer.Full tooLarge(int limit) {
        return problem(
                413,
                "too-large",
                "Request too large",
                "This endpoint reads at most " + limit + " bytes.",
                "Send a shorter body; most endpoints need none.");
    }

    static Answer.Full internal() {
        return problem(
                500,
                "defect",
                "Internal error",
                "This is a defect of the proxy.",
                "The log has the details; please report it.");
    }

    /** The members that every problem of ours has; none of the texts needs escaping. */
    private static Answer.Full problem(int status, String type, String title, String detail, String fix) {
        String json = "{\"type\":\"urn:ccproxy:problem:" + type + "\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"detail\":\"" + detail + "\",\"fix\":\"" + fix + "\"}";
        return new Answer.Full(status, Headers.of("Content-Type", "application/problem+json"), Bytes.utf8(json));
    }
}
