package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.LimitReading;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitTableTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("requests.db"), new MemoryBudget(8 << 20));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void tell(Instant at, String model, String... headers) throws InterruptedException {
        SampleExchange sample = new SampleExchange(at, model);
        StoreEvent.Ended ended = sample.ended(Bytes.EMPTY);
        store.writer().write(sample.begun());
        store.writer().write(sample.request(Bytes.EMPTY));
        store.writer()
                .write(new StoreEvent.Ended(
                        ended.summary(),
                        ended.detail(),
                        Headers.of(headers),
                        null,
                        null,
                        ended.body(),
                        ended.content(),
                        ended.arrivals(),
                        ended.news()));
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
    }

    private void used(Instant at, String share) throws InterruptedException {
        tell(
                at,
                "claude-opus-5-5",
                "anthropic-organization-id",
                "org-1",
                "anthropic-ratelimit-unified-5h-utilization",
                share);
    }

    private List<Double> shares() {
        return store.limits().since(Instant.EPOCH).stream()
                .map(reading -> reading.limit().utilization())
                .toList();
    }

    private long rows() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("requests.db"));
                ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM rate_limit")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void theLastReadingOfEachFiveMinutesIsKept() throws Exception {
        for (int minute = 0; minute < 30; minute++) {
            used(START.plus(Duration.ofMinutes(minute)), "0." + (10 + minute));
        }
        assertThat(shares()).containsExactly(0.14, 0.19, 0.24, 0.29, 0.34, 0.39);
        LimitReading latest = store.limits().latest().getFirst();
        assertThat(latest.limit().utilization()).isEqualTo(0.39);
        assertThat(latest.account()).isEqualTo("org-1");
        assertThat(latest.model()).isEmpty();
        assertThat(store.limits().since(START.plus(Duration.ofMinutes(20)))).hasSize(2);
    }

    @Test
    void anAnswerThatEndsLateDoesNotReplaceANewerReading() throws Exception {
        used(START.plusSeconds(100), "0.5");
        used(START.plusSeconds(50), "0.4");
        assertThat(shares()).containsExactly(0.5);
    }

    @Test
    void limitsOfModelsAndAccountsAreKeptApart() throws Exception {
        for (String model : List.of("claude-opus-5-5", "claude-haiku-5-5")) {
            for (String account : List.of("org-1", "org-2")) {
                tell(
                        START,
                        model,
                        "anthropic-organization-id",
                        account,
                        "anthropic-ratelimit-tokens-limit",
                        "100",
                        "anthropic-ratelimit-unified-7d-utilization",
                        "0.1");
            }
        }
        assertThat(store.limits().latest())
                .extracting(reading -> reading.account() + " " + reading.limit().name() + " " + reading.model())
                .containsExactly(
                        "org-1 tokens claude-haiku-5-5",
                        "org-1 tokens claude-opus-5-5",
                        "org-1 unified-7d ",
                        "org-2 tokens claude-haiku-5-5",
                        "org-2 tokens claude-opus-5-5",
                        "org-2 unified-7d ");
    }

    @Test
    void whatIsOlderThanItIsToBeKeptGoes() throws Exception {
        used(START, "0.1");
        used(START.plus(Duration.ofHours(2)), "0.2");
        used(START.plus(LimitTable.KEPT).plus(Duration.ofHours(1)), "0.3");
        assertThat(shares()).containsExactly(0.2, 0.3);
        assertThat(rows()).isEqualTo(2);
    }
}
