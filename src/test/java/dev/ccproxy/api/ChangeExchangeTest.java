package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.SampleExchange;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChangeExchangeTest extends ApiTest {

    @Test
    void aStarIsSetAndTakenAway() throws Exception {
        ExchangeId id = record().id();
        record();
        assertThat(done("POST", "/api/exchanges/" + id + "/star")
                        .path("starred")
                        .asBoolean())
                .isTrue();
        assertThat(found("is:starred")).containsExactly(id.toString());
        assertThat(done("GET", "/api/exchanges/" + id).path("starred").asBoolean())
                .isTrue();

        done("POST", "/api/exchanges/" + id + "/star?starred=false");
        assertThat(found("is:starred")).isEmpty();
        assertThat(done("GET", "/api/exchanges/" + id).path("starred").asBoolean())
                .isFalse();
        assertThat(status("POST", "/api/exchanges/" + id + "/star?starred=maybe"))
                .isEqualTo(400);
    }

    @Test
    void tagsReplaceThoseBefore() throws Exception {
        ExchangeId id = record().id();
        JsonNode marks = done("POST", "/api/exchanges/" + id + "/tags?tags=slow,%20to-show,,slow");
        assertThat(marks.path("tags")).hasToString("[\"slow\",\"to-show\"]");
        assertThat(found("tag:slow")).containsExactly(id.toString());
        assertThat(done("GET", "/api/exchanges/" + id).path("tags")).hasToString("[\"slow\",\"to-show\"]");

        done("POST", "/api/exchanges/" + id + "/tags?tags=");
        assertThat(found("tag:slow")).isEmpty();
        assertThat(status("POST", "/api/exchanges/" + id + "/tags?tags=" + "x".repeat(51)))
                .isEqualTo(400);
    }

    @Test
    void anExchangeIsDeleted() throws Exception {
        ExchangeId id = record().id();
        ExchangeId other = record().id();
        assertThat(done("DELETE", "/api/exchanges/" + id).path("deleted").asLong())
                .isEqualTo(1);
        assertThat(status("GET", "/api/exchanges/" + id)).isEqualTo(404);
        assertThat(status("GET", "/api/exchanges/" + other)).isEqualTo(200);
        assertThat(status("DELETE", "/api/exchanges/" + id)).isEqualTo(404);
    }

    @Test
    void whatStillRunsIsNotDeleted() throws Exception {
        SampleExchange running = SampleExchange.now();
        server.writer().write(running.begun());
        flush();
        assertThat(status("DELETE", "/api/exchanges/" + running.id())).isEqualTo(409);
        assertThat(status("GET", "/api/exchanges/" + running.id())).isEqualTo(200);
    }

    @Test
    void whatFitsAQueryIsDeletedAndOnlyWithAQuery() throws Exception {
        ExchangeId starred = record().id();
        record();
        record();
        done("POST", "/api/exchanges/" + starred + "/star");

        assertThat(status("DELETE", "/api/exchanges")).isEqualTo(400);
        assertThat(status("DELETE", "/api/exchanges?q=nonsense:1")).isEqualTo(400);
        assertThat(done("DELETE", "/api/exchanges?q=-is:starred")
                        .path("deleted")
                        .asLong())
                .isEqualTo(2);
        assertThat(found("")).containsExactly(starred.toString());
    }

    @Test
    void whatIsUnknownIsNotMarked() throws Exception {
        ExchangeId unknown = ExchangeId.next(Instant.now());
        assertThat(status("POST", "/api/exchanges/" + unknown + "/star")).isEqualTo(404);
        assertThat(status("POST", "/api/exchanges/" + unknown + "/tags?tags=a")).isEqualTo(404);
    }

    private Iterable<String> found(String query) throws Exception {
        return json("/api/exchanges?q=" + query)
                .path("items")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private JsonNode done(String method, String path) throws Exception {
        HttpResponse<byte[]> answer = server.send(method, path);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(200);
        return JsonMapper.shared().readTree(body);
    }

    private int status(String method, String path) throws Exception {
        return server.send(method, path).statusCode();
    }
}
