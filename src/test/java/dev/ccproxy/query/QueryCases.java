package dev.ccproxy.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of cases that every reader of the query language passes. */
public record QueryCases(JsonNode tree) {

    public static QueryCases read() {
        try (InputStream file = QueryCases.class.getResourceAsStream("/query-cases.json")) {
            return new QueryCases(JsonMapper.shared().readTree(Objects.requireNonNull(file)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public Moment moment() {
        return new Moment(
                Instant.parse(tree.path("now").asString()),
                ZoneId.of(tree.path("zone").asString()));
    }

    /** The cases under a heading. */
    public Stream<JsonNode> under(String heading) {
        return StreamSupport.stream(tree.path(heading).spliterator(), false);
    }
}
