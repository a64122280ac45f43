package dev.ccproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Access;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndpointRouterTest {

    private final EndpointRouter router = new EndpointRouter(Stream.of(
                    "GET /",
                    "GET /api/things",
                    "DELETE /api/things",
                    "GET /api/things/{id}",
                    "GET /api/things/newest",
                    "GET /assets/**")
            .map(line -> line.split(" ", 2))
            .map(parts -> new Endpoint(parts[0], parts[1], Access.VIEWER, call -> Answer.of(200, "text/plain", "")))
            .toList());

    @Test
    void bracesMatchOneSegment() {
        assertThat(found("GET", "api", "things", "7")).isEqualTo("/api/things/{id} {id=7}");
        assertThat(router.find("GET", List.of("api", "things", "7", "more")))
                .isEqualTo(new EndpointRouter.Match.Nothing());
    }

    @Test
    void aLiteralSegmentWinsOverBraces() {
        assertThat(found("GET", "api", "things", "newest")).isEqualTo("/api/things/newest {}");
    }

    @Test
    void anEmptySegmentIsNoValue() {
        assertThat(router.find("GET", List.of("api", "things", ""))).isEqualTo(new EndpointRouter.Match.Nothing());
    }

    @Test
    void theOpenEndMatchesAnyRest() {
        assertThat(found("GET", "assets", "a", "b.js")).isEqualTo("/assets/** {**=a/b.js}");
    }

    @Test
    void headIsAnsweredByGet() {
        assertThat(found("HEAD", "")).isEqualTo("/ {}");
    }

    @Test
    void aKnownPathWithAnotherMethodSaysWhichItTakes() {
        assertThat(router.find("POST", List.of("api", "things")))
                .isEqualTo(new EndpointRouter.Match.WrongMethod("DELETE, GET, HEAD"));
    }

    private String found(String method, String... path) {
        var match = (EndpointRouter.Match.Found) router.find(method, List.of(path));
        return match.endpoint().path() + " " + Map.copyOf(match.pathValues());
    }
}
