package dev.ccproxy.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request to one of our own endpoints, read whole (bodies are bounded by the server).
 *
 * @param path the decoded path without query, such as {@code /api/exchanges/0199}
 * @param pathValues what the template's braces matched, decoded
 * @param query decoded parameters; the first value where one is repeated
 */
public record Call(
        String method,
        String path,
        Map<String, String> pathValues,
        Map<String, String> query,
        Headers headers,
        Bytes body,
        String clientAddress) {

    public Call {
        pathValues = Map.copyOf(pathValues);
        query = Map.copyOf(query);
    }

    /** What the template's {@code {name}} matched. */
    public String pathValue(String name) {
        String value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path template has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> queryValue(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
