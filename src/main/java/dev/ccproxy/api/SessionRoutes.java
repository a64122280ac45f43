package dev.ccproxy.api;

import dev.ccproxy.api.form.NowForm;
import dev.ccproxy.api.form.SessionForm;
import dev.ccproxy.api.form.SessionPageForm;
import dev.ccproxy.api.form.TurnPageForm;
import dev.ccproxy.api.form.UsageForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import java.util.List;
import java.util.stream.Stream;

/** Routes that tell what sessions did, what models were used for, and what is going on. */
final class SessionRoutes {

    private static final Reply UNKNOWN = Reply.problem(404, "No such session.");

    private SessionRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts, UsageCharts charts) {
        return Stream.concat(sessions(new SessionList(parts.sessions())).stream(), charts(charts).stream())
                .toList();
    }

    /** The session in a path. */
    static Parameter session() {
        return new Parameter("id", Parameter.Place.PATH, new Value.Text(), "What the client calls the session.");
    }

    private static List<Route> sessions(SessionList sessions) {
        return List.of(
                RouteDraft.viewer("GET", "/api/sessions", "listSessions", "Lists sessions, the latest active first.")
                        .parameters(
                                Parameter.query("limit", SessionList.LIMIT, "Longest page."),
                                Parameter.query("cursor", new Value.Text(), "The next of the page before."),
                                Parameter.query(
                                        "q", new Value.Text(), "Text in title, project or id; without it, all."))
                        .replies(Reply.json(200, SessionPageForm.class, "One page."))
                        .by(sessions::list),
                RouteDraft.viewer(
                                "GET",
                                "/api/sessions/{id}",
                                "getSession",
                                "Gives a session with its agents, sums, waste and anomalies.")
                        .parameters(session())
                        .replies(Reply.json(200, SessionForm.class, "The session."), UNKNOWN)
                        .by(sessions::one),
                RouteDraft.viewer(
                                "GET",
                                "/api/sessions/{id}/turns",
                                "listTurns",
                                "Lists the user's prompts with all exchanges that they caused.")
                        .parameters(
                                session(),
                                Parameter.query("limit", SessionList.TURNS, "Longest page."),
                                Parameter.query("cursor", SessionList.TURN, "The next of the page before."))
                        .replies(Reply.json(200, TurnPageForm.class, "One page."), UNKNOWN)
                        .by(sessions::turns));
    }

    private static List<Route> charts(UsageCharts charts) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/stats",
                                "getUsage",
                                "Tells what was used and what it cost over time, by model, agent, project and so on.")
                        .parameters(
                                Parameter.query(
                                        "from",
                                        UsageCharts.MILLIS,
                                        "Beginning, in milliseconds since 1970; a week before the end where left out."),
                                Parameter.query("to", UsageCharts.MILLIS, "End, exclusive; now where left out."),
                                Parameter.query(
                                        "bucket",
                                        UsageCharts.HOURS,
                                        "Hours of a stretch; where left out, so many that there are at most 100."),
                                Parameter.query(
                                        "group",
                                        new Value.Text(),
                                        "none, model, agent, project, kind, session, token or day."))
                        .replies(Reply.json(200, UsageForm.class, "The sums."))
                        .by(charts::usage),
                RouteDraft.viewer("GET", "/api/now", "getNow", "Tells what is going on.")
                        .replies(Reply.json(200, NowForm.class, "Sessions that are active."))
                        .by(charts::now));
    }
}
