package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.config.SearchIndex;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.Dimension;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.ToolCount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Use over time follows when exchanges are deleted: as if they had never been. */
class HourlyCountsTest {

    private static final Instant BEGINNING = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<String> TOOLS = List.of("Bash", "Read", "Agent", "mcp__files__list");
    private static final List<String> MODELS = List.of("claude-opus-5-5", "claude-haiku-5-5");

    @TempDir
    Path folder;

    @Test
    void whatIsLeftIsCountedAsIfNothingElseHadBeen() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (SqliteStore store = SqliteStore.open(
                folder.resolve("test.db"), new MemoryBudget(64 << 20), RetentionSettings.NONE, SearchIndex.OFF)) {
            for (int i = 0; i < 40; i++) {
                write(store, random);
            }
            assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
            List<Object> kept = told(store);
            List<ExchangeId> doomed = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                doomed.add(write(store, random));
            }
            assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
            assertThat(told(store)).isNotEqualTo(kept);
            for (ExchangeId id : doomed) {
                store.writer().delete(id);
            }
            assertThat(told(store)).as("seed " + seed).isEqualTo(kept);
            store.writer().deleteAll();
            assertThat(store.usage().tools(BEGINNING, BEGINNING.plusSeconds(9_000)))
                    .isEmpty();
            assertThat(store.usage().firstContents(BEGINNING, BEGINNING.plusSeconds(9_000)))
                    .isEmpty();
        }
    }

    private static ExchangeId write(SqliteStore store, Random random) {
        SampleExchange sample = new SampleExchange(
                BEGINNING.plusSeconds(random.nextInt(7_000)), MODELS.get(random.nextInt(MODELS.size())));
        store.writer().write(sample.begun());
        store.writer().write(sample.request(Bytes.utf8("{}")));
        StoreEvent.Ended ended = sample.ended(Bytes.utf8("answer"));
        store.writer()
                .write(new StoreEvent.Ended(
                        ended.summary(),
                        ended.detail(),
                        ended.headers(),
                        ended.requestId(),
                        ended.messageId(),
                        ended.body(),
                        ended.content(),
                        ended.arrivals(),
                        calling(random),
                        null));
        return sample.id();
    }

    private static SessionNews calling(Random random) {
        List<ToolCall> calls = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            calls.add(new ToolCall("toolu_" + i, TOOLS.get(random.nextInt(TOOLS.size())), i, null));
        }
        return new SessionNews(null, List.of(), List.of(), null, false, null, null, calls);
    }

    /** All sums and counts that charts show. */
    private static List<Object> told(SqliteStore store) {
        Instant end = BEGINNING.plusSeconds(9_000);
        List<Object> told = new ArrayList<>();
        List<ToolCount> tools = store.usage().tools(BEGINNING, end);
        assertThat(tools).isNotEmpty();
        told.add(tools);
        told.add(store.usage().firstContents(BEGINNING, end));
        for (Dimension dimension : Dimension.values()) {
            told.add(store.usage().usage(BEGINNING, end, Duration.ofHours(1), dimension));
        }
        return told;
    }
}
