package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.sse.SseParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What every stream of the Messages API keeps to. */
final class MessagesRules {

    private static final Map<String, String> DELTAS = Map.of(
            "text_delta", "text",
            "thinking_delta", "thinking",
            "signature_delta", "thinking",
            "input_json_delta", "tool_use");

    private MessagesRules() {}

    /** A whole stream: one start, blocks one after the other, one end. */
    static void checkWhole(String what, Bytes stream) {
        List<JsonNode> events = events(stream);
        check(what, events);
        assertThat(types(events)).as(what).endsWith("message_delta", "message_stop");
        assertThat(types(events)).as(what).containsOnlyOnce("message_delta", "message_stop");
    }

    /** A stream that broke off: a start of a whole one, without an end, but perhaps with an error. */
    static void checkBroken(String what, Bytes stream) {
        List<JsonNode> events = events(stream);
        if (!events.isEmpty() && events.getLast().path("type").asString("").equals("error")) {
            events.removeLast();
        }
        if (!events.isEmpty()) {
            check(what, events);
        }
        assertThat(types(events)).as(what).doesNotContain("message_delta", "message_stop", "error");
    }

    private static void check(String what, List<JsonNode> events) {
        String open = "";
        int opened = 0;
        assertThat(types(events)).as(what).startsWith("message_start").containsOnlyOnce("message_start");
        for (JsonNode event : events) {
            String type = event.path("type").asString("");
            switch (type) {
                case "content_block_start" -> {
                    assertThat(open).as(what).isEmpty();
                    assertThat(event.path("index").asInt(-1)).as(what).isEqualTo(opened++);
                    open = event.path("content_block").path("type").asString("?");
                }
                case "content_block_delta" -> {
                    assertThat(event.path("index").asInt(-1)).as(what).isEqualTo(opened - 1);
                    assertThat(DELTAS.get(event.path("delta").path("type").asString("")))
                            .as(what)
                            .isEqualTo(open);
                }
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt(-1)).as(what).isEqualTo(opened - 1);
                    assertThat(open).as(what).isNotEmpty();
                    open = "";
                }
                case "message_delta" -> assertThat(open).as(what).isEmpty();
                default -> assertThat(type).as(what).isIn("message_start", "message_stop");
            }
        }
    }

    static List<JsonNode> events(Bytes stream) {
        List<JsonNode> events = new ArrayList<>();
        new SseParser(Translations.MAX_EVENT_BYTES, event -> {
                    JsonNode data = Translations.tree(event.data());
                    assertThat(event.type()).isEqualTo(data.path("type").asString(""));
                    events.add(data);
                })
                .feed(stream);
        return events;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asString("")).toList();
    }
}
