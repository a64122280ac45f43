package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.QueryCases;
import dev.ccproxy.session.AgentName;
import dev.ccproxy.session.NameSource;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.ExchangePage;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FilteredListTest {

    @TempDir
    Path folder;

    private final QueryCases cases = QueryCases.read();
    private SqliteStore store;
    private DatabaseFile file;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("requests.db"), new MemoryBudget(64 << 20));
        file = new DatabaseFile(folder.resolve("requests.db"), new SqliteDialect());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> everyQueryOfTheTableFindsTheRowsThatTheTableSays() throws Exception {
        List<JsonNode> rows = cases.under("rows").toList();
        for (JsonNode row : rows) {
            write(row);
        }
        settle();
        mark(rows);
        List<String> ids = rows.stream().map(row -> row.path("id").asString()).toList();
        return cases.under("matching")
                .map(each -> dynamicTest(each.path("q").toString(), () -> {
                    List<String> expected = StreamSupport.stream(
                                    each.path("rows").spliterator(), false)
                            .map(number -> ids.get(number.asInt() - 1))
                            .toList();
                    ExchangePage page = store.reader().list(query(each.path("q").asString()), 50, null);
                    assertThat(page.items())
                            .extracting(item -> item.id().toString())
                            .containsExactlyElementsOf(expected);
                    assertThat(page.next()).isNull();
                }));
    }

    @Test
    void pagesOfARareKindEndEarlyAndGoOnWhereTheyStopped() throws Exception {
        List<ExchangeId> expected = new ArrayList<>();
        Instant start = Instant.parse("2026-11-24T00:00:00Z");
        for (int i = 0; i < 95; i++) {
            SampleExchange sample = new SampleExchange(start.plusSeconds(i), i % 30 == 7 ? "claude-haiku-5-5" : "opus");
            sample.writeAll(store.writer(), Bytes.EMPTY, Bytes.EMPTY);
            if (i % 30 == 7) {
                expected.addFirst(sample.id());
            }
        }
        settle();
        try (ReadConnections connections = new ReadConnections(file)) {
            FilteredList list = new FilteredList(connections, new SqliteDialect(), 10, Duration.ofNanos(-1));
            List<Integer> sizes = new ArrayList<>();
            List<ExchangeId> seen = new ArrayList<>();
            String cursor = null;
            do {
                ExchangePage page = list.page(query("model:haiku"), 5, cursor);
                sizes.add(page.items().size());
                page.items().forEach(item -> seen.add(item.id()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(seen).isEqualTo(expected);
            assertThat(sizes).containsExactly(0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
        }
    }

    @Test
    void aPageFillsOverSeveralSlicesAndItsCursorLosesNothing() throws Exception {
        List<ExchangeId> expected = new ArrayList<>();
        Instant start = Instant.parse("2026-11-24T00:00:00Z");
        for (int i = 0; i < 60; i++) {
            // Threes share a time, so that the id must decide.
            SampleExchange sample = new SampleExchange(start.plusSeconds(i / 3), i % 2 == 0 ? "haiku" : "opus");
            sample.writeAll(store.writer(), Bytes.EMPTY, Bytes.EMPTY);
            if (i % 2 == 0) {
                expected.addFirst(sample.id());
            }
        }
        settle();
        try (ReadConnections connections = new ReadConnections(file)) {
            for (int limit : new int[] {1, 3, 7, 30, 31}) {
                for (int slice : new int[] {1, 4, 7, 60, 61}) {
                    FilteredList list =
                            new FilteredList(connections, new SqliteDialect(), slice, Duration.ofMinutes(1));
                    List<ExchangeId> seen = new ArrayList<>();
                    String cursor = null;
                    do {
                        ExchangePage page = list.page(query("model:haiku"), limit, cursor);
                        assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                        page.items().forEach(item -> seen.add(item.id()));
                        cursor = page.next();
                    } while (cursor != null);
                    assertThat(seen).as("limit %d, slice %d", limit, slice).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aTimeBoundsWhatIsLookedAt() throws Exception {
        Instant start = Instant.parse("2026-11-24T00:00:00Z");
        for (int i = 0; i < 50; i++) {
            new SampleExchange(start.plusSeconds(i), "opus").writeAll(store.writer(), Bytes.EMPTY, Bytes.EMPTY);
        }
        settle();
        try (ReadConnections connections = new ReadConnections(file)) {
            FilteredList list = new FilteredList(connections, new SqliteDialect(), 10, Duration.ofNanos(-1));
            ExchangePage page =
                    list.page(query("after:2026-11-24T00:00:10Z before:2026-11-24T00:00:18Z model:opus"), 50, null);
            assertThat(page.items()).hasSize(8);
            assertThat(page.next()).isNull();
        }
    }

    @Test
    void theDatabaseGoesAlongItsIndexes() throws Exception {
        settle();
        String key = " USING INDEX exchange_at (started_at>? AND started_at<?)";
        assertThat(plan("model:opus")).startsWith("SEARCH e" + key).doesNotContain("TEMP B-TREE");
        assertThat(plan("session:x tag:y foo")).startsWith("SEARCH e" + key).doesNotContain("TEMP B-TREE");
    }

    private String plan(String text) throws SQLException {
        Sql sql = new Sql("EXPLAIN QUERY PLAN SELECT " + SummaryColumns.SELECT + " FROM " + SummaryColumns.FROM
                + " WHERE e.started_at BETWEEN 1 AND 2");
        QueryCondition condition = QueryCondition.of(query(text), new SqliteDialect());
        sql.add(" AND " + condition.sql(), condition.parameters().toArray());
        sql.add(" ORDER BY e.started_at DESC, e.public_id DESC LIMIT 5");
        StringBuilder plan = new StringBuilder();
        try (Connection connection = file.openForReading();
                PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                plan.append(row.getString("detail")).append('\n');
            }
        }
        return plan.toString();
    }

    private Query query(String text) {
        return ((Parsed.Understood) Query.parse(text, cases.moment())).query();
    }

    private void settle() throws InterruptedException {
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
    }

    private void write(JsonNode row) {
        ExchangeSummary summary = summary(row);
        store.writer().write(new StoreEvent.Begun(summary, summary.path(), "127.0.0.1", null, Headers.EMPTY));
        if (summary.outcome() != Outcome.RUNNING) {
            store.writer()
                    .write(new StoreEvent.Ended(
                            summary,
                            "",
                            null,
                            null,
                            null,
                            SampleExchange.exact(Bytes.EMPTY),
                            Bytes.EMPTY,
                            ArrivalTimes.NONE,
                            news(row)));
        }
    }

    private static SessionNews news(JsonNode row) {
        String name = text(row, "agentName");
        return new SessionNews(
                null,
                name == null
                        ? List.of()
                        : List.of(new AgentName(row.path("agentId").asString(), name, NameSource.PROMPT, null)),
                List.of(),
                null,
                false,
                text(row, "project"),
                null,
                List.of());
    }

    /** Stars and tags, which no event of the recorder brings. */
    private void mark(List<JsonNode> rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path());
                Statement statement = connection.createStatement()) {
            for (JsonNode row : rows) {
                String id = "(SELECT id FROM exchange WHERE public_id = x'"
                        + row.path("id").asString().replace("-", "") + "')";
                if (row.path("starred").asBoolean()) {
                    statement.execute("UPDATE exchange SET starred = 1 WHERE id = " + id);
                }
                for (JsonNode tag : row.path("tags")) {
                    statement.execute(
                            "INSERT INTO tag(exchange_id, tag) VALUES (" + id + ", '" + tag.asString() + "')");
                }
            }
        }
    }

    private static Findings findings(JsonNode row) {
        String cache = text(row, "cache");
        String cause = text(row, "cause");
        return new Findings(
                row.has("certainty")
                        ? new Charge(
                                nano(row, "cost"),
                                Certainty.ofWord(row.path("certainty").asString()))
                        : null,
                cache == null
                        ? null
                        : new CacheReading(
                                CacheResult.ofWord(cache),
                                cause == null ? null : CacheCause.ofWord(cause),
                                0,
                                nano(row, "wasted"),
                                nano(row, "saved")),
                null,
                Place.NONE,
                Labels.NONE);
    }

    private static long nano(JsonNode row, String usd) {
        return Math.round(row.path(usd).asDouble(0) * 1e9);
    }

    private static ExchangeSummary summary(JsonNode row) {
        return new ExchangeSummary(
                ExchangeId.parse(row.path("id").asString()).orElseThrow(),
                Instant.ofEpochMilli(row.path("at").asLong()),
                Outcome.ofWord(row.path("outcome").asString()),
                Kind.ofWord(row.path("kind").asString()),
                row.path("method").asString(),
                row.path("path").asString(),
                row.has("status") ? row.path("status").asInt() : null,
                text(row, "error"),
                text(row, "stop"),
                text(row, "model"),
                text(row, "requestedModel"),
                text(row, "sessionId"),
                text(row, "agentId"),
                null,
                text(row, "tool"),
                row.path("toolCount").asInt(),
                text(row, "preview"),
                row.has("input")
                        ? new Usage(
                                row.path("input").asLong(),
                                row.path("out").asLong(),
                                row.path("read").asLong(),
                                row.path("write5m").asLong(),
                                row.path("write1h").asLong())
                        : null,
                duration(row, "ttfb"),
                duration(row, "ttft"),
                duration(row, "dur"),
                row.path("reqBytes").asLong(),
                row.path("resBytes").asLong(),
                row.has("rule")
                        ? new RouteTaken(
                                row.path("provider").asString(),
                                row.path("routedModel").asString(),
                                row.path("rule").asString(),
                                null)
                        : null,
                findings(row));
    }

    private static @Nullable String text(JsonNode row, String name) {
        return row.has(name) ? row.path(name).asString() : null;
    }

    /** A bit more than whole milliseconds, as measured times are. */
    private static @Nullable Duration duration(JsonNode row, String name) {
        return row.has(name) ? Duration.ofMillis(row.path(name).asLong()).plusNanos(900_000) : null;
    }
}
