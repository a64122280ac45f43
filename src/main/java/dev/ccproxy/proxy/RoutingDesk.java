package dev.ccproxy.proxy;

import dev.ccproxy.agents.AgentNames;
import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.RoutingSettings;
import dev.ccproxy.config.Target;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.KindRule;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;
import dev.ccproxy.json.JsonSpans;
import dev.ccproxy.routing.RequestGlance;
import dev.ccproxy.routing.RequestView;
import dev.ccproxy.routing.RoutedPaths;
import dev.ccproxy.routing.Router;
import dev.ccproxy.routing.Rule;
import dev.ccproxy.translate.Format;
import dev.ccproxy.translate.Translator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers a request, by the rules and, for clients of OpenAI's API, by the model. Where no rule can concern a
 * request, it is told so by the head alone and its body streams past. Safe for all threads.
 */
public final class RoutingDesk {

    private static final int MOST_EVENT_BYTES = 64 << 20;
    private static final String BY_MODEL = "the model's name";
    private static final String OWN_THINKING = "thinking of translated answers";

    private final Json json = new Json();
    private final Router router;
    private final AgentNames agents;
    private final RuleMatches matches;
    private final Map<String, ProviderSettings> providers;
    private final TranslatedSessions translated = new TranslatedSessions();

    public RoutingDesk(RoutingSettings settings, Router router, AgentNames agents, RuleMatches matches) {
        this.router = router;
        this.agents = agents;
        this.matches = matches;
        this.providers =
                settings.providers().stream().collect(Collectors.toMap(ProviderSettings::name, Function.identity()));
    }

    /** These sessions were rerouted before this program started; the latest first. */
    public void remember(List<String> sessions) {
        sessions.reversed().forEach(translated::add);
    }

    /**
     * Whether the body has to be read before it is known where the request goes. Asked once for each request: one that no rule
     * can concern counts as one that none matched.
     */
    boolean concerns(Opened opened) {
        if (!opened.method().equals("POST")) {
            return false;
        }
        String path = path(opened.target());
        return switch (path) {
            case RoutedPaths.MESSAGES, RoutedPaths.COUNT_TOKENS -> mayConcern(head(path, opened.headers()));
            case RoutedPaths.CHAT, RoutedPaths.RESPONSES -> true;
            default -> false;
        };
    }

    private boolean mayConcern(RequestView.Head head) {
        if (router.mayConcern(head) || translated.contains(head.session().orElse(null))) {
            return true;
        }
        matches.count(Optional.empty());
        return false;
    }

    /** Decides; looks at files, and translates for the first who is asked. Not for event loops. */
    Decision decide(Opened opened, Bytes body) {
        if (opened.headers().contains("content-encoding")) {
            return new Decision.Undecided("its body has a content-encoding");
        }
        Optional<RequestGlance> glance = RequestGlance.at(body);
        if (glance.isEmpty()) {
            return new Decision.Undecided("its body is no JSON object");
        }
        String path = path(opened.target());
        RequestView view = view(path, opened.headers(), glance.get());
        Optional<Rule> rule = router.choose(view);
        matches.count(rule);
        if (rule.isPresent()) {
            return switch (rule.get().action()) {
                case Rule.Action.Refuse(String message) ->
                    new Decision.Refuse(rule.get().name(), message);
                case Rule.Action.Send(List<Target> targets) ->
                    reroute(opened, glance.get(), view, rule.get().name(), targets);
            };
        }
        return byModel(opened, glance.get(), view);
    }

    private Decision byModel(Opened opened, RequestGlance glance, RequestView view) {
        if (format(view.head().path()) == Format.ANTHROPIC_MESSAGES) {
            return translated.contains(view.head().session().orElse(null))
                    ? withoutOwnThinking(opened, glance, view)
                    : new Decision.AsAsked();
        }
        Target target = Target.of(glance.modelName(), providers.keySet());
        return reroute(opened, glance, view, BY_MODEL, List.of(target));
    }

    /** Anthropic would refuse thinking that bears our own signature. */
    private Decision withoutOwnThinking(Opened opened, RequestGlance glance, RequestView view) {
        Attempt attempt = attempt(
                opened, glance, view, OWN_THINKING, new Target(ProviderSettings.ANTHROPIC, Target.AS_REQUESTED, false));
        return attempt.changes(glance.body()) ? new Decision.Reroute(List.of(attempt)) : new Decision.AsAsked();
    }

    private Decision reroute(Opened opened, RequestGlance glance, RequestView view, String rule, List<Target> targets) {
        boolean counting = view.head().path().equals(RoutedPaths.COUNT_TOKENS);
        if (counting && !targets.getFirst().provider().equals(ProviderSettings.ANTHROPIC)) {
            return new Decision.Estimate(rule, view.tokens());
        }
        return new Decision.Reroute(targets.stream()
                .map(target -> attempt(opened, glance, view, rule, target))
                .toList());
    }

    private Attempt attempt(Opened opened, RequestGlance glance, RequestView view, String rule, Target target) {
        ProviderSettings provider = providers.get(target.provider());
        if (provider == null) {
            throw new IllegalStateException("no provider " + target.provider());
        }
        String model = target.modelFor(glance.modelName());
        Bytes body = glance.model() == null || model.equals(glance.modelName())
                ? glance.body()
                : JsonSpans.replace(glance.body(), glance.model(), json.write(model));
        Format client = format(view.head().path());
        if (client != provider.api().format()) {
            view.head().session().ifPresent(translated::add);
        }
        Translator translator = new Translator(
                json,
                client,
                provider.api().format(),
                provider.api().quirks(),
                new Translator.Circumstances(
                        () -> UUID.randomUUID().toString().replace("-", ""),
                        opened.at().getEpochSecond(),
                        MOST_EVENT_BYTES));
        return new Attempt(
                provider,
                new RouteTaken(provider.name(), model, rule, agentName(view)),
                new Attempt.Source(view.head().path(), client, opened.headers(), body, glance.stream()),
                translator);
    }

    private @Nullable String agentName(RequestView view) {
        return router.asksForAgents() ? view.agent().orElse(null) : null;
    }

    /**
     * A request as rules see it.
     *
     * @param path without query
     */
    private RequestView view(String path, Headers headers, RequestGlance glance) {
        RequestView.Head head = head(path, headers);
        return new RequestView(
                head,
                new RequestView.Content(glance.modelName(), glance.body().length(), glance::tools, glance::thinking),
                () -> agent(head, glance),
                () -> kind(path, headers, glance));
    }

    private Optional<String> agent(RequestView.Head head, RequestGlance glance) {
        if (head.agentId().isPresent()) {
            return agents.ofSubagent(
                    head.session().orElse(""), head.agentId().get(), glance::systemTexts, glance::firstUserTexts);
        }
        return router.includesMain() ? agents.byDefinition(glance.systemTexts()) : Optional.empty();
    }

    private static Kind kind(String path, Headers headers, RequestGlance glance) {
        return KindRule.of("POST", path, headers, RequestFacts.of(glance.outline()));
    }

    private static RequestView.Head head(String path, Headers headers) {
        return new RequestView.Head(
                path,
                session(headers),
                headers.first("x-claude-code-agent-id"),
                headers.first("x-claude-code-agent-type"));
    }

    private static Optional<String> session(Headers headers) {
        return headers.first("x-claude-code-session-id");
    }

    private static Format format(String path) {
        return switch (path) {
            case RoutedPaths.CHAT -> Format.OPENAI_CHAT;
            case RoutedPaths.RESPONSES -> Format.OPENAI_RESPONSES;
            default -> Format.ANTHROPIC_MESSAGES;
        };
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
