package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running proxy has recorded, read back as users read it: over its API. Safe for all threads. */
public final class RecordedExchanges {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;
    private final String[] credentials;

    RecordedExchanges(int port, String... credentials) {
        this.port = port;
        this.credentials = credentials;
    }

    /** The same for a proxy that shows what it recorded to the holder of this token only. */
    public RecordedExchanges asViewer(String token) {
        return new RecordedExchanges(port, "Authorization: Bearer " + token);
    }

    /** One line for each exchange, oldest first. */
    public List<JsonNode> list() {
        List<JsonNode> newestFirst = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = json("/api/exchanges?limit=200" + cursor);
            page.get("items").forEach(newestFirst::add);
            if (!page.get("more").asBoolean()) {
                Collections.reverse(newestFirst);
                return newestFirst;
            }
            cursor = "&cursor=" + page.get("next").asString();
        }
    }

    /** Waits until so many exchanges are recorded and none of them runs any more. */
    public List<JsonNode> awaitEnded(int count) {
        return Patience.untilPasses(() -> {
            List<JsonNode> all = list();
            long ended = all.stream()
                    .filter(line -> !line.get("outcome").asString().equals("running"))
                    .count();
            if (ended != count || all.size() != count) {
                throw new AssertionError(count + " ended exchanges were expected, recorded are " + all);
            }
            return all;
        });
    }

    /** Waits for the end of the only exchange. */
    public JsonNode awaitEnded() {
        return awaitEnded(1).getFirst();
    }

    /** Everything about one exchange. */
    public JsonNode detail(String id) {
        return json("/api/exchanges/" + id);
    }

    public Bytes requestBody(String id) {
        return get("/api/exchanges/" + id + "/request/body").body();
    }

    public Bytes responseBody(String id) {
        return get("/api/exchanges/" + id + "/response/body").body();
    }

    /** The JSON at a path of our own. */
    public JsonNode json(String path) {
        return JSON.readTree(get(path).text());
    }

    private RawClient.Received get(String path) {
        try (RawClient client = RawClient.connect(port)) {
            RawClient.Received answer = client.get(path, credentials).read("GET");
            if (answer.head().status() != 200) {
                throw new AssertionError(path + ": " + answer.head().startLine() + " " + answer.text());
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
