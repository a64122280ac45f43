package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptListTest extends ApiTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void aPromptIsShownWithWhatItSaysDifferentlyFromTheOneBefore() throws Exception {
        see(prompt("Be kind."), 11, "claude-cli/2.1.330 (external, cli)");
        see(prompt("Be kind. Be quick."), 12, "claude-cli/2.1.331 (external, cli)");

        JsonNode list = json("/api/prompts");
        assertThat(list.path("items")).hasSize(2);
        String latest = list.at("/items/0/hash").asString();
        assertThat(latest).isEqualTo("system-000000000000000c");
        assertThat(list.at("/items/0/client").asString()).isEqualTo("claude-cli/2.1.331");
        assertThat(list.at("/items/0/first").asLong())
                .isEqualTo(START.plusSeconds(12).toEpochMilli());
        JsonNode version = json("/api/prompts/" + latest);
        assertThat(version.at("/parts/0/text").asString()).isEqualTo("Be kind. Be quick.");
        assertThat(version.path("before").asString()).isEqualTo("system-000000000000000b");
        assertThat(version.at("/changes/blocks/0/change").asString()).isEqualTo("changed");
        assertThat(json("/api/prompts/" + latest + "?agent=main").path("before"))
                .isEqualTo(version.path("before"));
        problem("/api/prompts/" + latest + "?agent=title", 404);
        assertThat(problem("/api/prompts/system-1", 404).path("type").asString())
                .endsWith("unknown-prompt");
    }

    private void see(Bytes body, long print, String client) throws Exception {
        SampleExchange sample = new SampleExchange(START.plusSeconds(print), "claude-opus-5-5");
        StoreEvent.Begun begun = sample.begun();
        server.writer()
                .write(new StoreEvent.Begun(
                        begun.summary(),
                        begun.target(),
                        begun.clientAddress(),
                        null,
                        Headers.of("User-Agent", client)));
        StoreEvent.Request request = sample.request(body);
        server.writer()
                .write(new StoreEvent.Request(
                        request.summary(),
                        request.attemptGroup(),
                        request.body(),
                        body,
                        new SessionNews(
                                null,
                                List.of(),
                                List.of(),
                                null,
                                false,
                                null,
                                new SessionNews.PromptPrints("main", print, 0),
                                List.of())));
        server.writer().write(sample.ended(STREAM));
        flush();
    }

    private static Bytes prompt(String system) {
        return Bytes.utf8(
                "{\"model\":\"m\",\"system\":[{\"type\":\"text\",\"text\":\"" + system + "\"}],\"messages\":[]}");
    }
}
