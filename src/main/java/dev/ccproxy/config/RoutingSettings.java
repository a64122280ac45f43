package dev.ccproxy.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which requests are answered by whom.
 *
 * @param providers every provider: the usual one first, then by name
 * @param routes in their order
 */
public record RoutingSettings(
        List<ProviderSettings> providers, SubagentSettings subagents, List<RouteSettings> routes) {

    public RoutingSettings {
        providers = List.copyOf(providers);
        routes = List.copyOf(routes);
    }

    public Set<String> providerNames() {
        return providers.stream().map(ProviderSettings::name).collect(Collectors.toSet());
    }
}
