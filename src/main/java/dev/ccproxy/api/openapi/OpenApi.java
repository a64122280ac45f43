package dev.ccproxy.api.openapi;

import dev.ccproxy.api.route.Route;
import dev.ccproxy.http.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The description of a list of routes, as JSON and as YAML. Made when first asked for. Safe for all threads. */
public final class OpenApi {

    private final List<Route> routes;
    private @Nullable ObjectNode document;

    public OpenApi(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    public Answer json() {
        return Answer.of(200, "application/json", document().toPrettyString() + "\n");
    }

    public Answer yaml() {
        return Answer.of(200, "application/yaml", asYaml());
    }

    /** As it is committed in {@code docs/openapi.yaml}. */
    public String asYaml() {
        return Yaml.of(document());
    }

    private synchronized ObjectNode document() {
        if (document == null) {
            document = new OpenApiDocument().of(routes);
        }
        return document;
    }
}
