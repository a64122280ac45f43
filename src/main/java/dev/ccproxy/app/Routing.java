package dev.ccproxy.app;

import dev.ccproxy.agents.AgentCalls;
import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.agents.AgentNames;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.RoutingSettings;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.proxy.RoutingDesk;
import dev.ccproxy.proxy.RuleMatches;
import dev.ccproxy.routing.Router;
import dev.ccproxy.upstream.CircuitBreaker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that decides who answers a request. */
record Routing(
        RoutingSettings settings,
        Router router,
        AgentFiles files,
        AgentCalls calls,
        RuleMatches matches,
        RoutingDesk desk,
        Map<String, CircuitBreaker> breakers) {

    /** What is held of answers that may call agents. */
    private static final long AGENT_CALL_BYTES = 16L * 1024 * 1024;

    Routing {
        breakers = Map.copyOf(breakers);
    }

    static Routing of(RoutingSettings settings) {
        Router router = Router.of(settings);
        AgentFiles files = new AgentFiles(settings.subagents().directories());
        AgentCalls calls = new AgentCalls(AGENT_CALL_BYTES);
        RuleMatches matches = new RuleMatches(router);
        return new Routing(
                settings,
                router,
                files,
                calls,
                matches,
                new RoutingDesk(settings, router, new AgentNames(files, calls), matches),
                settings.providers().stream()
                        .map(ProviderSettings::name)
                        .collect(Collectors.toMap(Function.identity(), _ -> new CircuitBreaker(System::nanoTime))));
    }

    CircuitBreaker breaker(String provider) {
        return Objects.requireNonNull(breakers.get(provider), provider);
    }

    /** Who must see the exchanges: nobody, where no rule asks who an agent is. */
    List<ExchangeListener> listeners() {
        return router.asksForAgents() ? List.of(calls) : List.of();
    }
}
