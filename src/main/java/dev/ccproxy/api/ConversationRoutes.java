package dev.ccproxy.api;

import dev.ccproxy.api.form.ConversationExchangePageForm;
import dev.ccproxy.api.form.ConversationForm;
import dev.ccproxy.api.form.ConversationListForm;
import dev.ccproxy.api.form.ConversationRecordPageForm;
import dev.ccproxy.api.form.ConversationSummaryForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import java.util.List;
import java.util.stream.Stream;

/** Routes that show the session files which Claude Code itself keeps: in the original's form, and in our own. */
final class ConversationRoutes {

    private static final Parameter SESSION =
            new Parameter("id", Parameter.Place.PATH, new Value.Text(), "Id of the session.");
    private static final Parameter PROJECT = Parameter.query(
            "project", new Value.Text(), "Name of the project's folder; without it, whichever has the session.");
    private static final Parameter AGENT =
            Parameter.query("agent", new Value.Text(), "Id of a subagent; without it, the main agent.");
    private static final Reply UNKNOWN = Reply.problem(404, "No such session, or the files are switched off.");

    private ConversationRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts, StoredBytes bodies) {
        SessionFiles files = new SessionFiles(parts.transcripts());
        return Stream.concat(
                        compatible(new CompatibleConversations(files, bodies)).stream(),
                        own(new Conversations(files, parts.names(), bodies)).stream())
                .toList();
    }

    private static List<Route> compatible(CompatibleConversations conversations) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/conversations",
                                "listConversations",
                                "Lists the sessions that Claude Code itself keeps, in the original's form.")
                        .lenient()
                        .parameters(
                                Parameter.query("page", CompatibleConversations.PAGE, "Page, from 1."),
                                Parameter.query("limit", CompatibleConversations.LIMIT, "Sessions on a page."))
                        .replies(
                                Reply.json(200, ConversationListForm.class, "One page."),
                                Reply.problem(404, "The files are switched off."))
                        .by(conversations::list),
                RouteDraft.viewer(
                                "GET",
                                "/api/conversations/project",
                                "getProjectConversations",
                                "Gives every session of a project with all its records, in the original's form.")
                        .lenient()
                        .parameters(Parameter.query("project", new Value.Text(), "Name of the project's folder."))
                        .replies(
                                Reply.json(200, ConversationForm[].class, "Written to last first."),
                                Reply.problem(404, "No such project, or the files are switched off."))
                        .by(conversations::ofProject),
                RouteDraft.viewer(
                                "GET",
                                "/api/conversations/{id}",
                                "getConversation",
                                "Gives a session with all its records, in the original's form.")
                        .lenient()
                        .parameters(SESSION, PROJECT)
                        .replies(Reply.json(200, ConversationForm.class, "The session."), UNKNOWN)
                        .by(conversations::one));
    }

    private static List<Route> own(Conversations conversations) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/conversations/{id}/summary",
                                "getConversationSummary",
                                "Tells what the files of a session hold: agents, records by type, tokens.")
                        .parameters(SESSION, PROJECT)
                        .replies(Reply.json(200, ConversationSummaryForm.class, "The summary."), UNKNOWN)
                        .by(conversations::summary),
                RouteDraft.viewer(
                                "GET",
                                "/api/conversations/{id}/records",
                                "listConversationRecords",
                                "Lists the records of a session file as Claude Code wrote them.")
                        .parameters(
                                SESSION,
                                PROJECT,
                                AGENT,
                                Parameter.query("limit", Conversations.LIMIT, "Longest page."),
                                Parameter.query("cursor", Conversations.OFFSET, "The next of the page before."),
                                Parameter.query(
                                        "texts",
                                        new Value.Text(),
                                        "`whole` gives texts of more than 64 KiB, too; else a note stands in their"
                                                + " place."))
                        .replies(Reply.json(200, ConversationRecordPageForm.class, "One page."), UNKNOWN)
                        .by(conversations::records),
                RouteDraft.viewer(
                                "GET",
                                "/api/conversations/{id}/exchanges",
                                "listConversationExchanges",
                                "Joins the files of a session to its exchanges: in both, only on the wire, only in files.")
                        .parameters(
                                SESSION,
                                PROJECT,
                                Parameter.query(
                                        "in",
                                        new Value.Text(),
                                        "`both`, `wire` or `files`: only what stands there; all without it."),
                                Parameter.query("limit", Conversations.LIMIT, "Longest page."),
                                Parameter.query("cursor", Conversations.INDEX, "The next of the page before."))
                        .replies(Reply.json(200, ConversationExchangePageForm.class, "One page."), UNKNOWN)
                        .by(conversations::exchanges));
    }
}
