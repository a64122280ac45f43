package dev.ccproxy.api;

import dev.ccproxy.api.form.CacheForm;
import dev.ccproxy.api.form.CancellingForm;
import dev.ccproxy.api.form.ChangesForm;
import dev.ccproxy.api.form.CompatiblePageForm;
import dev.ccproxy.api.form.ContextForm;
import dev.ccproxy.api.form.CostForm;
import dev.ccproxy.api.form.DeletedForm;
import dev.ccproxy.api.form.DrainingResponseForm;
import dev.ccproxy.api.form.EventPageForm;
import dev.ccproxy.api.form.ExchangeDetailForm;
import dev.ccproxy.api.form.ExchangePageForm;
import dev.ccproxy.api.form.ExchangeSummaryForm;
import dev.ccproxy.api.form.HealthyForm;
import dev.ccproxy.api.form.LivezResponseForm;
import dev.ccproxy.api.form.SearchPageForm;
import dev.ccproxy.api.openapi.OpenApi;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.feed.LiveFeed;
import dev.ccproxy.feed.RunningAnswers;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.StoreHealth;
import dev.ccproxy.storage.TextSearch;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The one list of routes besides {@code /v1}: what the server mounts, what the OpenAPI description says, what the tests
 * walk. Immutable; safe for all threads.
 */
public final class ApiRoutes {

    private static final Reply UNKNOWN = Reply.problem(404, "No such exchange.");

    private final List<Route> routes;
    private final OpenApi openApi;

    /** Routes over these parts; nothing is read yet but the dashboard's files. */
    public ApiRoutes(
            ExchangeReader reader,
            ExchangeWriter writer,
            TextSearch search,
            Supplier<StoreHealth> recording,
            LiveFeed feed,
            RunningAnswers answers,
            ServiceState state,
            ExchangeCanceller canceller,
            Supplier<CostCalculator> costs,
            Clock clock) {
        StoredBytes bodies = new StoredBytes();
        this.routes = Stream.of(
                        exchanges(reader, bodies, canceller, clock),
                        search(new SearchList(search, clock)),
                        insight(new ExchangeInsight(reader, bodies, costs)),
                        compatible(new CompatibleRequests(reader, writer, bodies)),
                        live(new LiveStream(feed, LiveStream.HEARTBEAT), new LiveAnswer(answers, reader)),
                        health(new HealthChecks(state, recording, clock)),
                        description(),
                        dashboard(new DashboardFiles(state)))
                .flatMap(List::stream)
                .toList();
        this.openApi = new OpenApi(routes);
    }

    public List<Route> routes() {
        return routes;
    }

    /** The same list in the form that the server mounts. */
    public List<Endpoint> endpoints() {
        return routes.stream().map(Route::endpoint).toList();
    }

    /** A summary as the live feed sends it: JSON on one line. */
    public static Bytes liveForm(ExchangeSummary summary) {
        return JsonForm.bytes(ExchangeSummaryForm.of(summary));
    }

    private static List<Route> exchanges(
            ExchangeReader reader, StoredBytes bodies, ExchangeCanceller canceller, Clock clock) {
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
                        .by(new ExchangeList(reader, clock)),
                RouteDraft.viewer("GET", "/api/exchanges/{id}", "getExchange", "Gives everything about one exchange.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, ExchangeDetailForm.class, "The exchange."), UNKNOWN)
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
                                "/api/exchanges/{id}/events",
                                "listEvents",
                                "Lists the events of a streamed answer.")
                        .parameters(
                                Parameter.id(),
                                Parameter.query("limit", EventList.LIMIT, "Longest page."),
                                Parameter.query("cursor", EventList.CURSOR, "The next of the page before."))
                        .replies(
                                Reply.json(200, EventPageForm.class, "One page; empty when nothing was streamed."),
                                UNKNOWN)
                        .by(new EventList(reader, bodies)),
                RouteDraft.admin("POST", "/api/exchanges/{id}/cancel", "cancelExchange", "Cancels a running exchange.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.json(202, CancellingForm.class, "It is being cancelled."),
                                UNKNOWN,
                                Reply.problem(409, "It does not run."))
                        .by(new CancelExchange(canceller, reader)));
    }

    private static List<Route> search(SearchList search) {
        return List.of(RouteDraft.viewer(
                        "GET", "/api/search", "search", "Finds text in requests and answers, recorded last first.")
                .parameters(
                        Parameter.query(
                                "q",
                                new Value.Text(),
                                "What to find, and of which exchanges, such as `\"no such file\" model:opus`."),
                        Parameter.query("limit", SearchList.LIMIT, "Longest page."),
                        Parameter.query("cursor", new Value.Text(), "The next of the page before."))
                .replies(Reply.json(
                        200, SearchPageForm.class, "Some hits; may be few, even none, and have a next page."))
                .by(search));
    }

    private static List<Route> insight(ExchangeInsight insight) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/context",
                                "getContext",
                                "Tells what fills the context window.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, ContextForm.class, "The breakdown."), UNKNOWN)
                        .by(insight::context),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/changes",
                                "getChanges",
                                "Tells what the request says differently from an earlier one.")
                        .parameters(
                                Parameter.id(),
                                Parameter.query(
                                        "base",
                                        new Value.Id(),
                                        "Id of the exchange to compare with; the one before it in its thread where left out."))
                        .replies(Reply.json(200, ChangesForm.class, "The differences."), UNKNOWN)
                        .by(insight::changes),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/cache",
                                "getCache",
                                "Tells whether the prompt cache was read, and why not.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, CacheForm.class, "The verdict."), UNKNOWN)
                        .by(insight::cache),
                RouteDraft.viewer("GET", "/api/exchanges/{id}/cost", "getCost", "Shows what it cost, line by line.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, CostForm.class, "The cost."), UNKNOWN)
                        .by(insight::cost));
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

    private static List<Route> live(LiveStream stream, LiveAnswer answer) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/stream",
                                "followExchanges",
                                "Sends every change of an exchange as it happens.")
                        .parameters(
                                new Parameter(
                                        "Last-Event-ID",
                                        Parameter.Place.HEADER,
                                        new Value.Text(),
                                        "Id of the last event seen: the stream goes on behind it, or begins with a gap."),
                                Parameter.query(
                                        "after", new Value.Text(), "The same, for clients that cannot set headers."))
                        .replies(
                                Reply.bytes(
                                        "text/event-stream",
                                        "Events exchange (data: ExchangeSummary) and gap (load the list anew); "
                                                + "a comment every 15 seconds."),
                                Reply.problem(503, "Too many viewers."))
                        .by(stream),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/response/live",
                                "followAnswer",
                                "Sends a streamed answer as it comes, from its beginning, and ends with it.")
                        .parameters(Parameter.id())
                        .replies(
                                Reply.bytes(
                                        "text/event-stream",
                                        "The upstream's own events; none when it is slow to begin: ask again."),
                                UNKNOWN,
                                Reply.problem(409, "It does not run."))
                        .by(answer));
    }

    private static List<Route> health(HealthChecks checks) {
        return List.of(
                RouteDraft.open("GET", "/health", "health", "Tells whether new work is taken.")
                        .replies(
                                Reply.json(200, HealthyForm.class, "It is."),
                                Reply.json(503, DrainingResponseForm.class, "Stopping."))
                        .by(checks::health),
                RouteDraft.open("GET", "/livez", "live", "Tells how busy the program is and how recording fares.")
                        .replies(Reply.json(200, LivezResponseForm.class, "It lives."))
                        .by(checks::live),
                RouteDraft.open("GET", "/readyz", "ready", "Tells whether the program is ready for work.")
                        .replies(
                                Reply.json(200, HealthyForm.class, "It is."),
                                Reply.json(503, DrainingResponseForm.class, "Starting or stopping."))
                        .by(checks::ready));
    }

    private List<Route> description() {
        return List.of(
                RouteDraft.open("GET", "/openapi.json", "openApiJson", "Describes this API.")
                        .replies(Reply.bytes("application/json", "OpenAPI 3.1."))
                        .by(call -> openApi.json()),
                RouteDraft.open("GET", "/openapi.yaml", "openApiYaml", "Describes this API.")
                        .replies(Reply.bytes("application/yaml", "OpenAPI 3.1."))
                        .by(call -> openApi.yaml()));
    }

    private static List<Route> dashboard(DashboardFiles files) {
        Reply page = Reply.bytes("text/html; charset=utf-8", "The page.");
        return List.of(
                RouteDraft.open("HEAD", "/", "probe", "Tells that a proxy is here.")
                        .replies(page)
                        .by(call -> Answer.of(200, page.contentType(), "")),
                RouteDraft.viewer("GET", "/", "page", "The dashboard.")
                        .lenient()
                        .replies(page)
                        .by(files::page),
                RouteDraft.viewer("GET", "/requests", "requestsPage", "The dashboard's list.")
                        .lenient()
                        .replies(page)
                        .by(files::page),
                RouteDraft.viewer("GET", "/requests/{id}", "requestPage", "The dashboard's view of one exchange.")
                        .lenient()
                        .parameters(Parameter.id())
                        .replies(page)
                        .by(files::page),
                RouteDraft.viewer("GET", "/settings", "settingsPage", "The dashboard's settings.")
                        .lenient()
                        .replies(page)
                        .by(files::page),
                RouteDraft.viewer("GET", DashboardFiles.ASSETS + "**", "asset", "A file of the dashboard.")
                        .lenient()
                        .replies(Reply.bytes("*/*", "The file."), Reply.problem(404, "No such file."))
                        .by(files::asset));
    }

    /** The id in the path of a route that declares {@link Parameter#id()}. */
    static ExchangeId id(Call call) {
        return ExchangeId.parse(call.pathValue("id")).orElseThrow();
    }

    static String requestBodyPath(ExchangeId id) {
        return "/api/exchanges/" + id + "/request/body";
    }

    static String responseBodyPath(ExchangeId id) {
        return "/api/exchanges/" + id + "/response/body";
    }
}
