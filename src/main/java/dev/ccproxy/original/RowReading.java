package dev.ccproxy.original;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;
import dev.ccproxy.json.JsonSpans;
import dev.ccproxy.recording.PastExchange;
import dev.ccproxy.recording.PastExchange.PastAnswer;
import dev.ccproxy.storage.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes an exchange of one row of the original. Bodies stay as the original wrote them: it parsed requests and wrote them
 * anew, and kept of a stream its {@code data} lines, which are what it passed on to the client.
 */
final class RowReading {

    private static final Json JSON = new Json();
    private static final String LAST_EVENT = "\"message_stop\"";

    private RowReading() {}

    static PastExchange read(OriginalRow row) throws BrokenRow {
        String id = needed(row.id(), "id");
        Instant at = OriginalTime.parse(row.timestamp(), row.createdAt());
        Bytes body = needed(row.body(), "body");
        if (JSON.tree(body).isEmpty()) {
            throw new BrokenRow("its body is no JSON");
        }
        PastAnswer answer = row.response() == null ? null : answer(row.response());
        return new PastExchange(
                ExchangeId.derived(at, Sha256.of(Bytes.utf8(id))),
                at,
                needed(row.method(), "method"),
                needed(row.endpoint(), "endpoint"),
                row.originalModel() == null || row.originalModel().isEmpty() ? null : row.originalModel(),
                headers(JSON.tree(needed(row.headers(), "headers")).orElse(null), "its headers"),
                body,
                outcome(answer),
                answer,
                detail(id, answer));
    }

    private static <T> T needed(@Nullable T value, String column) throws BrokenRow {
        if (value == null) {
            throw new BrokenRow("its " + column + " is missing");
        }
        return value;
    }

    private static Outcome outcome(@Nullable PastAnswer answer) {
        return isWhole(answer) ? Outcome.COMPLETED : Outcome.INTERRUPTED;
    }

    private static String detail(String id, @Nullable PastAnswer answer) {
        String origin = "recorded by the original claude-code-proxy as " + id;
        if (answer == null) {
            return origin + ", without an answer";
        }
        return isWhole(answer) ? origin : origin + ", without the end of its stream";
    }

    private static boolean isWhole(@Nullable PastAnswer answer) {
        if (answer == null) {
            return false;
        }
        String text = answer.body().utf8();
        return !text.startsWith("data:") || text.lastIndexOf(LAST_EVENT) > text.lastIndexOf("data:");
    }

    private static PastAnswer answer(Bytes response) throws BrokenRow {
        JsonNode tree = JSON.tree(response).filter(JsonNode::isObject).orElse(null);
        if (tree == null || !tree.path("statusCode").isInt()) {
            throw new BrokenRow("its response is not what the original writes");
        }
        JsonNode headers = tree.path("headers");
        return new PastAnswer(
                tree.path("statusCode").intValue(),
                headers.isObject() ? headers(headers, "the headers of its response") : Headers.EMPTY,
                answerBody(tree, response),
                Duration.ofMillis(Math.max(0, tree.path("responseTime").asLong(0))));
    }

    private static Bytes answerBody(JsonNode tree, Bytes response) {
        JsonNode chunks = tree.path("streamingChunks");
        if (chunks.isArray() && !chunks.isEmpty()) {
            StringBuilder stream = new StringBuilder();
            for (JsonNode chunk : chunks) {
                stream.append(chunk.asString("")).append("\n\n");
            }
            return Bytes.utf8(stream.toString());
        }
        String text = tree.path("bodyText").asString("");
        if (!text.isEmpty()) {
            return Bytes.utf8(text);
        }
        return tree.path("body").isMissingNode() || tree.path("body").isNull()
                ? Bytes.EMPTY
                : JsonSpans.find(response, "body")
                        .map(span -> span.of(response))
                        .orElse(Bytes.EMPTY);
    }

    private static Headers headers(@Nullable JsonNode byName, String what) throws BrokenRow {
        if (byName == null || !byName.isObject()) {
            throw new BrokenRow(what + " are no JSON object");
        }
        List<Header> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> name : byName.properties()) {
            JsonNode values = name.getValue();
            if (values.isString()) {
                lines.add(new Header(name.getKey(), values.stringValue()));
            }
            for (JsonNode value : values) {
                lines.add(new Header(name.getKey(), Objects.requireNonNull(value.asString(""))));
            }
        }
        return new Headers(lines);
    }
}
