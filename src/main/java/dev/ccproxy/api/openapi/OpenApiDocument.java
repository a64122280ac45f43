package dev.ccproxy.api.openapi;

import dev.ccproxy.api.form.RawJson;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.http.Access;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes routes down as an OpenAPI 3.1 document. For one use. */
final class OpenApiDocument {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schemas schemas = new Schemas(RawJson.class);

    ObjectNode of(List<Route> routes) {
        ObjectNode document = NODES.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Claude Code Proxy")
                .put("version", "1")
                .put(
                        "description",
                        "Reads back what the proxy recorded. Points in time are milliseconds since 1970, spans of time "
                                + "milliseconds; what is not known is left out. Failures are application/problem+json.");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = (ObjectNode) paths.optional(shown(route.path())).orElseGet(NODES::objectNode);
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
            paths.set(shown(route.path()), path);
        }
        ObjectNode all = schemas.all();
        ObjectNode components = document.putObject("components");
        components.set("schemas", all);
        ObjectNode ways = components.putObject("securitySchemes");
        ways.putObject("password")
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "The dashboard's password, where one is set; any user name.");
        ways.putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token of role viewer or admin, where some are handed out.");
        return document;
    }

    /** OpenAPI has no templates over several segments. */
    private static String shown(String path) {
        return path.replace("**", "{file}");
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation = NODES.objectNode();
        operation.put("operationId", route.operation());
        operation.put("summary", route.summary());
        if (route.access() != Access.OPEN) {
            ArrayNode ways = operation.putArray("security");
            ways.addObject().putArray("password");
            ways.addObject().putArray("token");
        }
        operation.put("x-access", route.access().name().toLowerCase(Locale.ROOT));
        if (!route.parameters().isEmpty()) {
            var parameters = operation.putArray("parameters");
            route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        }
        if (route.path().endsWith("**")) {
            ObjectNode file = operation.withArray("parameters").addObject();
            file.put("name", "file").put("in", "path").put("required", true);
            file.putObject("schema").put("type", "string");
        }
        if (route.takes() != null) {
            operation
                    .putObject("requestBody")
                    .putObject("content")
                    .putObject("application/json")
                    .set("schema", schemas.referenceTo(route.takes()));
        }
        ObjectNode responses = operation.putObject("responses");
        for (Reply reply : route.replies()) {
            responses.set(Integer.toString(reply.status()), response(reply));
        }
        responses.set("default", response(Reply.problem(0, failures(route))));
        return operation;
    }

    /** What the route itself does not decide: its parameters' check and the checks of the server. */
    private static String failures(Route route) {
        String first = route.parameters().isEmpty() && !route.strict() ? "" : "400 a parameter is not right, ";
        String access = switch (route.access()) {
            case OPEN -> "";
            case VIEWER -> "401 credentials are missing or wrong, 403 they are not enough, 429 too many were wrong, ";
            case ADMIN ->
                "401 credentials are missing or wrong, 403 they are not enough or it was asked from another site, "
                        + "429 too many were wrong, ";
        };
        return first + access + "421 the Host is not one of ours, 500 a defect, 503 the store cannot answer.";
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode node = NODES.objectNode();
        node.put("name", parameter.name());
        node.put("in", parameter.place().name().toLowerCase(Locale.ROOT));
        node.put("description", parameter.description());
        if (parameter.place() == Parameter.Place.PATH) {
            node.put("required", true);
        }
        ObjectNode schema = node.putObject("schema");
        switch (parameter.value()) {
            case Parameter.Value.Whole whole ->
                schema.put("type", "integer")
                        .put("minimum", whole.min())
                        .put("maximum", whole.max())
                        .put("default", whole.otherwise());
            case Parameter.Value.Text() -> schema.put("type", "string");
            case Parameter.Value.Id() -> schema.put("type", "string").put("format", "uuid");
        }
        return node;
    }

    private ObjectNode response(Reply reply) {
        ObjectNode response = NODES.objectNode();
        response.put("description", reply.description());
        if (!reply.headers().isEmpty()) {
            ObjectNode headers = response.putObject("headers");
            for (Reply.ReplyHeader header : reply.headers()) {
                ObjectNode node = headers.putObject(header.name());
                node.put("description", header.description());
                node.putObject("schema").put("type", "string");
            }
        }
        ObjectNode content = response.putObject("content").putObject(reply.contentType());
        if (reply.type() != null) {
            content.set("schema", schemas.referenceTo(reply.type()));
        }
        return response;
    }
}
