package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ccproxy.api.openapi.OpenApi;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Endpoint;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest extends ApiTest {

    private static final Path COMMITTED = Path.of("docs/openapi.yaml");

    @Test
    void whatIsMountedIsListedAndTheOtherWayRound() throws Exception {
        List<String> listed = new ArrayList<>();
        json("/openapi.json")
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> listed.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        List<String> mounted = server.endpoints().stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.path().replace("**", "{file}"))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(mounted);
        assertThat(server.endpoints()).extracting(Endpoint::path).contains("/api/exchanges", "/openapi.yaml");
    }

    @Test
    void everyRouteAnswersAsItIsDescribed() throws Exception {
        ExchangeId id = record().id();
        JsonNode description = json("/openapi.json");
        for (Route route : server.routes()) {
            check(description, route, path(route, id.toString()));
            if (takesId(route) && !route.path().startsWith("/requests")) {
                check(
                        description,
                        route,
                        path(route, ExchangeId.next(Instant.now()).toString()));
                check(description, route, path(route, "nonsense"));
            }
            if (route.strict()) {
                check(description, route, path(route, id.toString()) + "?nonsense=1");
            }
        }
        server.phase = ServiceState.Phase.DRAINING;
        for (Route route : server.routes()) {
            check(description, route, path(route, id.toString()));
        }
    }

    @Test
    void theSchemasCanFail() throws Exception {
        JsonNode description = json("/openapi.json");
        Schema rows = schema(description, "#/components/schemas/ExchangePage");
        record();
        ObjectNode page = (ObjectNode) json("/api/exchanges");
        assertThat(rows.validate(page)).isEmpty();
        ((ObjectNode) page.at("/items/0")).put("outcome", "finished");
        assertThat(rows.validate(page)).isNotEmpty();
        ((ObjectNode) page.at("/items/0")).put("outcome", "completed").remove("at");
        assertThat(rows.validate(page)).isNotEmpty();
    }

    @Test
    void yamlAndJsonSayTheSame() throws Exception {
        HttpResponse<String> yaml = server.get("/openapi.yaml");
        assertThat(yaml.headers().firstValue("content-type")).hasValue("application/yaml");
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml.body());
        assertThat(JsonMapper.shared().<JsonNode>valueToTree(loaded)).isEqualTo(json("/openapi.json"));
    }

    @Test
    void theCommittedDescriptionIsFresh() throws Exception {
        String fresh = new OpenApi(server.routes()).asYaml();
        if (Boolean.getBoolean("ccproxy.regenerate")) {
            Files.writeString(COMMITTED, fresh);
        }
        assertThat(Files.readString(COMMITTED))
                .as("run the test with -Dccproxy.regenerate=true to write " + COMMITTED + " anew")
                .isEqualTo(fresh);
    }

    private void check(JsonNode description, Route route, String path) throws Exception {
        HttpResponse<InputStream> answer =
                server.open(server.request(route.method(), path).build());
        String told = route.method() + " " + path + " -> " + answer.statusCode();
        JsonNode operation = description
                .path("paths")
                .path(route.path().replace("**", "{file}"))
                .path(route.method().toLowerCase(Locale.ROOT));
        JsonNode responses = operation.path("responses");
        JsonNode response = responses.has("" + answer.statusCode())
                ? responses.path("" + answer.statusCode())
                : responses.path("default");
        String contentType = answer.headers().firstValue("content-type").orElse("");
        JsonNode content = response.path("content");
        JsonNode described = content.has("*/*") ? content.path("*/*") : content.path(contentType);
        assertThat(described.isMissingNode()).as(told + " " + contentType).isFalse();
        if (described.has("schema")) {
            String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            Schema schema = schema(description, described.at("/schema/$ref").asString());
            assertThat(schema.validate(JsonMapper.shared().readTree(body)))
                    .as(told + " " + body)
                    .isEmpty();
        }
        for (Reply reply : route.replies()) {
            if (reply.status() == answer.statusCode() && answer.statusCode() == 200) {
                reply.headers().stream()
                        .filter(header -> !header.description().contains("absent"))
                        .forEach(header -> assertThat(answer.headers().map())
                                .as(told)
                                .containsKey(header.name().toLowerCase(Locale.ROOT)));
            }
        }
        answer.body().close();
    }

    static Schema schema(JsonNode description, String reference) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.put("$ref", reference);
        whole.set("components", closed(description.path("components").deepCopy()));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }

    /** In the test a member that the description does not name is an error. */
    private static JsonNode closed(JsonNode components) {
        components.path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        return components;
    }

    private static boolean takesId(Route route) {
        return route.parameters().stream().anyMatch(parameter -> parameter.place() == Parameter.Place.PATH);
    }

    private static String path(Route route, String id) throws Exception {
        return route.path().replace("{id}", id).replace("**", DashboardFilesTest.anyAsset());
    }
}
