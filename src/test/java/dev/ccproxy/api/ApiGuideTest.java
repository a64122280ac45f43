package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.api.route.Route;
import dev.ccproxy.query.Key;
import dev.ccproxy.query.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiGuideTest extends ApiTest {

    /** A call on a line of its own and the JSON that it gives. */
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^`(GET|POST) (\\S+)`\\n\\n```json\\n(.*?)```", Pattern.DOTALL);

    private final String guide = read();

    private static String read() {
        try {
            return Files.readString(Path.of("docs/api.md"));
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    @Test
    void everySampleIsWhatItsRouteAnswers() throws Exception {
        JsonNode description = json("/openapi.json");
        int samples = 0;
        for (MatchResult sample : SAMPLE.matcher(guide).results().toList()) {
            JsonNode shown = JsonMapper.shared().readTree(sample.group(3));
            String path = path(sample.group(2));
            String status = shown.path("status").isInt() ? "default" : "200";
            String contentType = status.equals("200") ? "application/json" : "application/problem+json";
            JsonNode reference = description
                    .path("paths")
                    .path(path)
                    .path(sample.group(1).toLowerCase(Locale.ROOT))
                    .path("responses")
                    .path(status)
                    .path("content")
                    .path(contentType)
                    .at("/schema/$ref");
            assertThat(OpenApiTest.schema(description, reference.asString()).validate(shown))
                    .as(sample.group(1) + " " + sample.group(2))
                    .isEmpty();
            samples++;
        }
        assertThat(samples).isEqualTo(32);
    }

    @Test
    void everyRouteThatAnswersARecordHasASample() throws Exception {
        Set<String> shown = SAMPLE.matcher(guide)
                .results()
                .map(sample -> path(sample.group(2)))
                .collect(Collectors.toSet());
        json("/openapi.json").path("paths").forEachEntry((path, methods) -> {
            JsonNode schema = methods.at("/get/responses/200/content/application~1json/schema/$ref");
            if (path.startsWith("/api/") && !schema.isMissingNode()) {
                assertThat(shown).contains(path);
            }
        });
    }

    @Test
    void theSampleOfAFailureIsReal() throws Exception {
        JsonNode shown = JsonMapper.shared()
                .readTree(SAMPLE.matcher(guide).results().toList().getLast().group(3));
        assertThat(problem("/api/exchanges?limit=1000", 400)).isEqualTo(shown);
    }

    @Test
    void everyKeyOfAQueryStandsInTheTable() {
        for (Key key : Keys.all()) {
            assertThat(guide).contains("\n| `%s` | %s | %s |\n".formatted(key.word(), key.form(), key.meaning()));
        }
    }

    @Test
    void everyRouteButThePagesIsMentioned() {
        for (Route route : server.routes()) {
            if (!RouteSafetyTest.isDashboardFile(route)) {
                assertThat(guide).as(route.operation()).contains(route.path());
            }
        }
    }

    /** Template of the route that is called so. */
    private static String path(String call) {
        return call.replaceAll("\\?.*", "")
                .replaceAll("/[0-9a-f-]{36}", "/{id}")
                .replaceAll("/(?:system|tools)-[0-9a-f]{16}", "/{id}");
    }
}
