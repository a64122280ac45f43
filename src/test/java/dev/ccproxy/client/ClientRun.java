package dev.ccproxy.client;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.RawTap;
import dev.ccproxy.testing.RecordedExchanges;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What one run of the client left behind.
 *
 * @param before what went past between client and proxy
 * @param behind what went past between proxy and upstream; the same as {@code before} where there was no proxy
 * @param recorded what the proxy recorded, oldest first
 * @param transcripts the client's own records by file name
 */
record ClientRun(
        ClaudeSession.Result result,
        List<RawTap.Seen> before,
        List<RawTap.Seen> behind,
        List<Recorded> recorded,
        Map<String, List<JsonNode>> transcripts) {

    /** An exchange as the API tells it. */
    record Recorded(JsonNode summary, JsonNode detail, Bytes requestBody) {

        static List<Recorded> all(RecordedExchanges exchanges, int count) {
            List<Recorded> all = new ArrayList<>();
            for (JsonNode summary : exchanges.awaitEnded(count)) {
                String id = summary.get("id").asString();
                all.add(new Recorded(summary, exchanges.detail(id), exchanges.requestBody(id)));
            }
            return all;
        }

        String text(String member) {
            return summary.path(member).asString("");
        }
    }

    /** The values of one member of the recorded lines, oldest first. */
    List<String> recorded(String member) {
        return recorded.stream().map(exchange -> exchange.text(member)).toList();
    }

    /** The status of each answer that the client got, in the order of the requests. */
    List<Integer> statuses() {
        return before.stream()
                .map(seen -> seen.response()
                        .map(response -> response.head().status())
                        .orElse(0))
                .toList();
    }

    /** The request ids that stand in the client's own transcripts. */
    Set<String> transcriptRequestIds() {
        Set<String> ids = new LinkedHashSet<>();
        transcripts
                .values()
                .forEach(records -> records.stream()
                        .filter(each -> each.path("type").asString("").equals("assistant"))
                        .filter(each -> each.has("requestId"))
                        .forEach(each -> ids.add(each.get("requestId").asString())));
        return ids;
    }
}
