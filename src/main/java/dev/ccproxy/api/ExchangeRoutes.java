package dev.ccproxy.api;

import dev.ccproxy.api.form.CancellingForm;
import dev.ccproxy.api.form.CompatiblePageForm;
import dev.ccproxy.api.form.DeletedForm;
import dev.ccproxy.api.form.EventPageForm;
import dev.ccproxy.api.form.ExchangeDetailForm;
import dev.ccproxy.api.form.ExchangePageForm;
import dev.ccproxy.api.form.MarksForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import dev.ccproxy.storage.ExchangeReader;
import java.util.List;
import java.util.stream.Stream;

/** Routes that read recorded exchanges back, in our form and in the original's, and end running ones. */
final class ExchangeRoutes {

    private ExchangeRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts, StoredBytes bodies) {
        CompatibleRequests requests = new CompatibleRequests(parts.reader(), parts.writer(), bodies);
        ChangeExchange changes = new ChangeExchange(parts.reader(), parts.writer(), parts.clock());
        return Stream.of(exchanges(parts, bodies), changes(changes), compatible(requests))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> exchanges(ApiRoutes.Parts parts, StoredBytes bodies) {
        ExchangeReader reader = parts.reader();
        return List.of(
                RouteDraft.viewer("GET", "/api/exchanges", "listExchanges", "Lists exchanges, newest first.")
                        .parameters(
                                Parameter.query("limit", ExchangeList.LIMIT, "Longest page."),
                                Parameter.query("cursor", new Value.Text(), "The next of the page before."),
                                Parameter.query(
                                        "q",
                                        new Value.Text(),
                                        "Which ones, such as `model:opus -status:200`; without it, all."))
                        .replies(Reply.json(
                                200,
                                ExchangePageForm.class,
                                "One page. With `q` it may be short, even empty, and have a next one."))
                        .by(new ExchangeList(reader, parts.clock())),
                RouteDraft.viewer("GET", "/api/exchanges/{id}", "getExchange", "Gives everything about one exchange.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, ExchangeDetailForm.class, "The exchange."), ApiRoutes.UNKNOWN)
                        .by(new ExchangeDetail(reader, bodies)),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/request/body",
                                "getRequestBody",
                                "Gives the exact request body.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.bytes("application/octet-stream", "The bytes.", BodyDownload.HEADERS),
                                Reply.problem(404, "No such exchange, or no body is kept."))
                        .by(BodyDownload.ofRequest(reader)),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/response/body",
                                "getResponseBody",
                                "Gives the answer's body, without its content encoding where that could be undone.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.bytes("application/octet-stream", "The bytes.", BodyDownload.HEADERS),
                                Reply.problem(404, "No such exchange, or no body is kept."))
                        .by(BodyDownload.ofResponse(reader)),
                RouteDraft.viewer(
                                "GET",
                                Reroutings.REQUEST_BODY,
                                "getUpstreamRequestBody",
                                "Gives the body that a rerouted exchange sent to its provider.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.bytes("application/octet-stream", "The bytes.", BodyDownload.HEADERS),
                                Reply.problem(404, "No such exchange, or no body is kept."))
                        .by(BodyDownload.ofUpstreamRequest(reader)),
                RouteDraft.viewer(
                                "GET",
                                Reroutings.RESPONSE_BODY,
                                "getUpstreamResponseBody",
                                "Gives the body of a provider's answer before it was translated.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.bytes("application/octet-stream", "The bytes.", BodyDownload.HEADERS),
                                Reply.problem(404, "No such exchange, or no body is kept."))
                        .by(BodyDownload.ofUpstreamResponse(reader)),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/events",
                                "listEvents",
                                "Lists the events of a streamed answer.")
                        .parameters(
                                Parameter.id(),
                                Parameter.query("limit", EventList.LIMIT, "Longest page."),
                                Parameter.query("cursor", EventList.CURSOR, "The next of the page before."))
                        .replies(
                                Reply.json(200, EventPageForm.class, "One page; empty when nothing was streamed."),
                                ApiRoutes.UNKNOWN)
                        .by(new EventList(reader, bodies)),
                RouteDraft.admin("POST", "/api/exchanges/{id}/cancel", "cancelExchange", "Cancels a running exchange.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.json(202, CancellingForm.class, "It is being cancelled."),
                                ApiRoutes.UNKNOWN,
                                Reply.problem(409, "It does not run."))
                        .by(new CancelExchange(parts.canceller(), reader)));
    }

    private static List<Route> changes(ChangeExchange changes) {
        return List.of(
                RouteDraft.admin("POST", "/api/exchanges/{id}/star", "starExchange", "Stars an exchange.")
                        .parameters(
                                Parameter.id(),
                                Parameter.query(
                                        "starred",
                                        new Value.Text(),
                                        "`false` takes the star away; without it, `true`."))
                        .replies(Reply.json(200, MarksForm.class, "It is done."), ApiRoutes.UNKNOWN)
                        .by(changes::star),
                RouteDraft.admin("POST", "/api/exchanges/{id}/tags", "tagExchange", "Gives an exchange its tags.")
                        .parameters(
                                Parameter.id(),
                                Parameter.query(
                                        "tags",
                                        new Value.Text(),
                                        "All of them, separated by commas; empty takes them away."))
                        .replies(Reply.json(200, MarksForm.class, "It is done."), ApiRoutes.UNKNOWN)
                        .by(changes::tag),
                RouteDraft.admin("DELETE", "/api/exchanges/{id}", "deleteExchange", "Deletes an exchange for good.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.json(200, DeletedForm.class, "It is deleted."),
                                ApiRoutes.UNKNOWN,
                                Reply.problem(409, "It still runs."))
                        .by(changes::delete),
                RouteDraft.admin(
                                "DELETE",
                                "/api/exchanges",
                                "deleteExchanges",
                                "Deletes for good what has ended and fits a query.")
                        .parameters(Parameter.query(
                                "q", new Value.Text(), "Which ones, such as `session:9b3a0960`; must be given."))
                        .replies(Reply.json(200, DeletedForm.class, "They are deleted."))
                        .by(changes::deleteMatching));
    }

    private static List<Route> compatible(CompatibleRequests requests) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/requests",
                                "listRequests",
                                "Lists exchanges in the original's form, with bodies.")
                        .lenient()
                        .parameters(
                                Parameter.query("page", CompatibleRequests.PAGE, "Page, from 1."),
                                Parameter.query("limit", CompatibleRequests.LIMIT, "Exchanges on a page."),
                                Parameter.query(
                                        "model",
                                        new Value.Text(),
                                        "Only exchanges whose requested model contains this; all means all."))
                        .replies(Reply.json(200, CompatiblePageForm.class, "One page."))
                        .by(requests::list),
                RouteDraft.admin("DELETE", "/api/requests", "deleteRequests", "Deletes every exchange that has ended.")
                        .replies(Reply.json(200, DeletedForm.class, "They are deleted."))
                        .by(requests::delete));
    }
}
