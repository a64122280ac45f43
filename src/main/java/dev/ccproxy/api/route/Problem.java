package dev.ccproxy.api.route;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.query.QueryProblem;
import org.jspecify.annotations.Nullable;

/** A failure as {@code application/problem+json} (RFC 9457), with a sentence on what to do about it. */
public record Problem(
        @JsonPropertyDescription("Names the kind of failure; stays the same for ever.")
        String type,

        @JsonPropertyDescription("The kind of failure in words.")
        String title,

        @JsonPropertyDescription("The HTTP status.") int status,

        @JsonPropertyDescription("What went wrong this time.")
        String detail,

        @JsonPropertyDescription("What to do about it.") String fix,

        @JsonPropertyDescription("Where in `q` the mistake stands, in UTF-16 units from 0; only of a query.") @Nullable
        Integer position,

        @JsonPropertyDescription("How many units of `q` are meant; only of a query.") @Nullable
        Integer length) {

    public static final String CONTENT_TYPE = "application/problem+json";

    private static final String TYPES = "urn:ccproxy:problem:";

    private Problem(String type, String title, int status, String detail, String fix) {
        this(type, title, status, detail, fix, null, null);
    }

    public static Problem badParameter(String detail) {
        return new Problem(
                TYPES + "bad-parameter",
                "A parameter is not right",
                400,
                detail,
                "Correct the parameter; /openapi.json lists what each route takes.");
    }

    public static Problem badQuery(QueryProblem problem) {
        return new Problem(
                TYPES + "bad-query",
                "The query is not right",
                400,
                problem.problem(),
                problem.fix(),
                problem.position(),
                problem.length());
    }

    public static Problem badSetting(String detail) {
        return new Problem(
                TYPES + "bad-setting",
                "A setting is not right",
                400,
                detail,
                "Nothing was changed; GET /api/settings shows what can be set, and what is configured elsewhere.");
    }

    public static Problem badSimulation(String detail) {
        return new Problem(
                TYPES + "bad-simulation",
                "What is to be simulated is not right",
                400,
                detail,
                "The body is an object of exchange (an id), routes and mappings (as in the configuration, JSON or YAML text)"
                        + " and last (a number of exchanges); all may be left out.");
    }

    public static Problem unknownExchange(ExchangeId id) {
        return new Problem(
                TYPES + "unknown-exchange",
                "No such exchange",
                404,
                "No exchange " + id + " is recorded.",
                "It may have been deleted, or belong to another proxy; GET /api/exchanges lists what is there.");
    }

    public static Problem unrecordedSession(String id) {
        return new Problem(
                TYPES + "unknown-session",
                "No such session",
                404,
                "No session " + (id.length() <= 60 ? id : id.substring(0, 60) + "...") + " is recorded.",
                "It may have been deleted, or belong to another proxy; GET /api/sessions lists what is there.");
    }

    public static Problem unknownPrompt(String hash) {
        return new Problem(
                TYPES + "unknown-prompt",
                "No such prompt",
                404,
                "No version " + (hash.length() <= 60 ? hash : hash.substring(0, 60) + "...") + " of a prompt was seen.",
                "GET /api/prompts lists those that were.");
    }

    public static Problem noBody(String whose, String why) {
        return new Problem(
                TYPES + "no-body",
                "No body is kept",
                404,
                "The " + whose + " of this exchange has no body to read: " + why + ".",
                "GET /api/exchanges/{id} says what is known about both bodies.");
    }

    public static Problem notRunning(ExchangeId id, String outcome) {
        return new Problem(
                TYPES + "not-running",
                "The exchange does not run",
                409,
                "Exchange " + id + " cannot be cancelled here; its outcome is " + outcome + ".",
                "Nothing to do: only an exchange that this proxy carries right now can be cancelled.");
    }

    public static Problem stillRunning(ExchangeId id) {
        return new Problem(
                TYPES + "still-running",
                "The exchange still runs",
                409,
                "Exchange " + id + " is not deleted: it has not ended.",
                "Wait for its end, or cancel it first.");
    }

    public static Problem noSuchFile(String path) {
        return new Problem(
                TYPES + "no-such-file",
                "No such file",
                404,
                "The dashboard has no file " + path + ".",
                "Reload the page: it may be of an older version.");
    }

    public static Problem tooManyViewers(int limit, String what) {
        return new Problem(
                TYPES + "too-many-viewers",
                "Too many viewers",
                503,
                "Already " + limit + " viewers follow " + what + ".",
                "Close a dashboard that nobody looks at, or try again later.");
    }

    public static Problem transcriptsOff() {
        return new Problem(
                TYPES + "transcripts-off",
                "Session files are not shown",
                404,
                "The session files that Claude Code itself keeps are switched off (transcripts.enabled is false).",
                "Set TRANSCRIPTS_ENABLED=true and start again to see them.");
    }

    public static Problem transcriptsUnreadable(String detail) {
        return new Problem(
                TYPES + "transcripts-unreadable",
                "A session file cannot be read",
                503,
                "Claude Code's session files cannot be read: " + detail + ".",
                "The proxy must be allowed to read transcripts.dir; or the file was deleted just now: try again.");
    }

    public static Problem unknownSession(String session) {
        return new Problem(
                TYPES + "unknown-session",
                "No such session",
                404,
                "Claude Code has no session file of " + session + " in its folder.",
                "GET /api/conversations lists those that are there; transcripts.dir says where they are looked for.");
    }

    public static Problem unknownProject(String project) {
        return new Problem(
                TYPES + "unknown-project",
                "No such project",
                404,
                "Claude Code has no folder for a project " + project + ".",
                "Name one as GET /api/conversations does (projectName), such as ?project=-home-alice-shop.");
    }

    public static Problem unknownClient() {
        return new Problem(
                TYPES + "unknown-client",
                "No such clients",
                404,
                "There are not two versions of one client with recorded requests to compare.",
                "GET /api/clients lists the versions that were seen; name two of one client, such as"
                        + " ?from=2.1.329&to=2.1.330.");
    }

    public static Problem storeFailed(String detail) {
        return new Problem(
                TYPES + "store-failed",
                "The store cannot answer",
                503,
                detail,
                "Exchanges are still forwarded; /livez tells whether they are recorded, the log says what failed.");
    }

    public Answer answer() {
        return JsonForm.answer(status, CONTENT_TYPE, this);
    }
}
