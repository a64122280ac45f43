package dev.ccproxy.api;

import dev.ccproxy.api.form.DrainingResponseForm;
import dev.ccproxy.api.form.ExchangeSummaryForm;
import dev.ccproxy.api.form.HealthyForm;
import dev.ccproxy.api.form.LivezResponseForm;
import dev.ccproxy.api.form.RoutesForm;
import dev.ccproxy.api.form.SettingsForm;
import dev.ccproxy.api.openapi.OpenApi;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import dev.ccproxy.config.EffectiveSetting;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.feed.LiveFeed;
import dev.ccproxy.feed.RunningAnswers;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import dev.ccproxy.simulation.Simulation;
import dev.ccproxy.storage.ClientReader;
import dev.ccproxy.storage.ExchangeNames;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.KeptSettings;
import dev.ccproxy.storage.LimitReader;
import dev.ccproxy.storage.PromptVersions;
import dev.ccproxy.storage.SessionReader;
import dev.ccproxy.storage.StoreHealth;
import dev.ccproxy.storage.TextSearch;
import dev.ccproxy.storage.UsageReader;
import dev.ccproxy.transcript.Transcripts;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The one list of routes besides {@code /v1}: what the server mounts, what the OpenAPI description says, what the tests
 * walk. Immutable; safe for all threads.
 */
public final class ApiRoutes {

    static final Reply UNKNOWN = Reply.problem(404, "No such exchange.");

    private static final Reply PAGE = Reply.bytes("text/html; charset=utf-8", "The page.");

    /** Whatever a person typed or followed: the page itself says that there is no such thing. */
    private static final Parameter SHOWN =
            new Parameter("id", Parameter.Place.PATH, new Value.Text(), "What is shown.");

    private final List<Route> routes;
    private final OpenApi openApi;

    /**
     * What the routes work on.
     *
     * @param costs prices what an answer used; made when first asked for
     * @param routes may look at files
     */
    public record Parts(
            ExchangeReader reader,
            SessionReader sessions,
            UsageReader usage,
            PromptVersions prompts,
            ExchangeWriter writer,
            TextSearch search,
            KeptSettings settings,
            List<EffectiveSetting> configured,
            ExchangeNames names,
            LimitReader limits,
            ClientReader clients,
            Transcripts transcripts,
            Supplier<StoreHealth> recording,
            LiveFeed feed,
            RunningAnswers answers,
            ServiceState state,
            ExchangeCanceller canceller,
            Supplier<CostCalculator> costs,
            Supplier<PriceList> prices,
            Supplier<RoutesForm> routes,
            Simulation simulation,
            Clock clock) {}

    /** Routes over these parts; nothing is read yet but the dashboard's files. */
    public ApiRoutes(Parts parts) {
        StoredBytes bodies = new StoredBytes();
        UsageCharts charts = new UsageCharts(parts.usage(), parts.sessions(), parts.clock());
        this.routes = Stream.of(
                        ExchangeRoutes.of(parts, bodies),
                        InsightRoutes.of(parts, bodies),
                        settings(new SettingsRoute(parts.settings(), parts.configured())),
                        ConversationRoutes.of(parts, bodies),
                        AccountRoutes.of(parts, bodies),
                        ClientRoutes.of(parts, bodies),
                        SessionRoutes.of(parts, charts),
                        live(
                                new LiveStream(
                                        parts.feed(),
                                        new LiveSums(parts.sessions(), charts::now),
                                        LiveStream.HEARTBEAT),
                                new LiveAnswer(parts.answers(), parts.reader(), LiveAnswer.HEAD)),
                        health(new HealthChecks(parts.state(), parts.recording(), parts.clock())),
                        description(),
                        dashboard(new DashboardFiles(parts.state())))
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

    private static List<Route> settings(SettingsRoute settings) {
        Reply all = Reply.json(200, SettingsForm.class, "All settings.");
        return List.of(
                RouteDraft.viewer("GET", "/api/settings", "getSettings", "Shows all settings and where they were made.")
                        .replies(all)
                        .by(settings::show),
                RouteDraft.admin(
                                "PUT",
                                "/api/settings",
                                "changeSettings",
                                "Changes settings of the dashboard: an object of names and values; null takes one"
                                        + " back.")
                        .replies(all)
                        .by(settings::change));
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
                                        "Id of the last event seen: the stream goes on behind it, or begins with a"
                                                + " gap."),
                                Parameter.query(
                                        "after", new Value.Text(), "The same, for clients that cannot set headers."))
                        .replies(
                                Reply.bytes(
                                        "text/event-stream",
                                        "Events exchange (data: ExchangeSummary), session (data: SessionRow), now (data: Now)"
                                                + " and gap (load the list anew); a comment every 15 seconds."),
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
                                Reply.problem(409, "It does not run."),
                                Reply.problem(503, "Too many viewers."))
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
        return List.of(
                RouteDraft.open("HEAD", "/", "probe", "Tells that a proxy is here.")
                        .replies(PAGE)
                        .by(call -> Answer.of(200, PAGE.contentType(), "")),
                page(files, "/", "page", "The dashboard."),
                page(files, "/requests", "requestsPage", "The dashboard's list."),
                page(files, "/requests/{id}", "requestPage", "The dashboard's view of one exchange.", SHOWN),
                page(files, "/conversations", "conversationsPage", "Claude Code's own files on the dashboard."),
                page(files, "/sessions", "sessionsPage", "The dashboard's list of sessions."),
                page(
                        files,
                        "/sessions/{id}",
                        "sessionPage",
                        "The dashboard's view of one session.",
                        SessionRoutes.session()),
                page(files, "/insights", "insightsPage", "The dashboard's charts."),
                page(files, "/prompts", "promptsPage", "The dashboard's versions of system prompts and tools."),
                page(files, "/prompts/{id}", "promptPage", "The dashboard's view of one of them.", SHOWN),
                page(files, "/routes", "routesPage", "The dashboard's view of rules and providers."),
                page(files, "/limits", "limitsPage", "The dashboard's view of rate limits."),
                page(files, "/settings", "settingsPage", "The dashboard's settings."),
                RouteDraft.viewer("GET", DashboardFiles.ASSETS + "**", "asset", "A file of the dashboard.")
                        .lenient()
                        .replies(Reply.bytes("*/*", "The file."), Reply.problem(404, "No such file."))
                        .by(files::asset));
    }

    private static Route page(
            DashboardFiles files, String path, String operation, String summary, Parameter... parameters) {
        return RouteDraft.viewer("GET", path, operation, summary)
                .lenient()
                .parameters(parameters)
                .replies(PAGE)
                .by(files::page);
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
