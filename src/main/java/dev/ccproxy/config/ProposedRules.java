package dev.ccproxy.config;

import java.util.List;
import java.util.Optional;

/** Rules that somebody thinks of, read as those of the configuration are. */
public sealed interface ProposedRules {

    /** As they would be, beside the configured providers and folders. */
    record Sound(RoutingSettings settings) implements ProposedRules {}

    /** The first thing that is wrong, in one sentence. */
    record Wrong(String problem) implements ProposedRules {}

    /**
     * Reads them.
     *
     * @param routes as {@code routes} stands in the configuration, YAML or JSON; empty for none
     * @param mappings as {@code subagents.mappings} stands there; empty for none
     */
    static ProposedRules read(String routes, String mappings, RoutingSettings configured) {
        RouteReading reading = new RouteReading(routes.strip());
        Optional<List<RouteSettings>> read = reading.routes();
        if (read.isEmpty()) {
            return new Wrong("routes: " + reading.problem());
        }
        Optional<List<SubagentSettings.Mapping>> mapped = mappings.isBlank()
                ? Optional.of(List.of())
                : RoutingTypes.MAPPINGS.reader().apply(mappings.strip());
        if (mapped.isEmpty()) {
            return new Wrong("mappings: must be " + RoutingTypes.MAPPINGS.expected());
        }
        RoutingSettings settings = new RoutingSettings(
                configured.providers(),
                new SubagentSettings(
                        true,
                        mapped.get(),
                        configured.subagents().directories(),
                        configured.subagents().includeMain()),
                read.get());
        return RoutingRules.mistakenProvider(settings)
                .<ProposedRules>map(Wrong::new)
                .orElseGet(() -> new Sound(settings));
    }
}
