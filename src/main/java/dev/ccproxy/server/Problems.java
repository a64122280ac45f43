package dev.ccproxy.server;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.time.Duration;
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
        return with(
                "Allow",
                allow,
                problem(
                        405,
                        "wrong-method",
                        "Method not allowed",
                        "This path answers " + allow + ".",
                        "Use one of these; /openapi.json lists what each does."));
    }

    static Answer.Full credentialsNeeded() {
        return with(
                "WWW-Authenticate",
                "Basic realm=\"Claude Code Proxy\", charset=\"UTF-8\"",
                problem(
                        401,
                        "credentials-needed",
                        "Credentials needed",
                        "This needs the dashboard password, or a token of role viewer or admin; none of them was sent.",
                        "Give the password with any user name (HTTP basic authentication), or send Authorization: Bearer"
                                + " and the token."));
    }

    static Answer.Full roleTooSmall() {
        return problem(
                403,
                "role-too-small",
                "Not allowed",
                "The credentials are right, but not for this.",
                "Looking needs a token of role viewer or admin, changing one of role admin; the dashboard password does"
                        + " for both.");
    }

    static Answer.Full nobodyConfigured() {
        return problem(
                403,
                "no-password-configured",
                "Not protected, so not shown",
                "Others could reach this address, and there is neither a dashboard password nor a token for viewers.",
                "Set DASHBOARD_PASSWORD (dashboard.password), or hand out a token of role viewer or admin (auth.tokens);"
                        + " or let the proxy listen on 127.0.0.1 only and ask from the same machine directly.");
    }

    static Answer.Full tooManyTries(Duration retryAfter) {
        return with(
                "Retry-After",
                Long.toString(retryAfter.toSeconds() + 1),
                problem(
                        429,
                        "too-many-tries",
                        "Too many wrong credentials",
                        "Too many wrong passwords or tokens came from this address.",
                        "Wait for the time in Retry-After, then use the right one."));
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

    static Answer.Full tooSlow(Duration limit) {
        return problem(
                408,
                "too-slow",
                "Request too slow",
                "Nothing of the request came for " + limit.toMillis() + " ms.",
                "Send the whole body, or no Content-Length; most endpoints need no body.");
    }

    static Answer.Full internal() {
        return problem(
                500,
                "defect",
                "Internal error",
                "This is a defect of the proxy.",
                "The log has the details; please report it.");
    }

    private static Answer.Full with(String name, String value, Answer.Full problem) {
        List<Header> headers = new ArrayList<>(problem.headers().lines());
        headers.add(new Header(name, value));
        return new Answer.Full(problem.status(), new Headers(headers), problem.body());
    }

    /** The members that every problem of ours has; none of the texts needs escaping. */
    private static Answer.Full problem(int status, String type, String title, String detail, String fix) {
        String json = "{\"type\":\"urn:ccproxy:problem:" + type + "\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"detail\":\"" + detail + "\",\"fix\":\"" + fix + "\"}";
        return new Answer.Full(status, Headers.of("Content-Type", "application/problem+json"), Bytes.utf8(json));
    }
}
