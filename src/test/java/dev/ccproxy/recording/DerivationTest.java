package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.CacheCause;
import dev.ccproxy.exchange.CacheReading;
import dev.ccproxy.exchange.CacheResult;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoreEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the recorder works out of exchanges as they end. The figures are worked out by hand, from the prices of Opus 5.5. */
class DerivationTest {

    private static final String TOOLS = "[{\"name\":\"Bash\"}]";

    private final MemoryBudget budget = new MemoryBudget(4 << 20);
    private final StoredEvents store = new StoredEvents();
    private final Recorder recorder = new Recorder(
            new StorageSettings(Path.of("unused.db"), 1 << 20, budget.limitBytes()),
            budget,
            store,
            new Redaction(Bytes.utf8("a key for tests"), "x-api-key"),
            Derivations.withoutStore(),
            List.of());

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void aCostIsWorkedOutToTheLastDigit() throws Exception {
        Findings found = found(request("first", TOOLS), answer("claude-opus-5-5", 1_000, 200, 0, 30_000, 2_000));

        // 1000 x 4 + 200 x 20 + 2000 x 5 (5 minutes) + 30000 x 8 (an hour), in millionths of a dollar.
        assertThat(found.charge()).isEqualTo(new Charge(258_000_000, Certainty.EXACT));
        assertThat(found.cache()).isEqualTo(new CacheReading(CacheResult.FIRST, null, 0, 0, 0));
    }

    @Test
    void whatTheCacheSavedIsTheDifferenceToPlainInput() throws Exception {
        found(request("first", TOOLS), answer("claude-opus-5-5", 1_000, 200, 0, 30_000, 0));
        Findings found = found(
                request(
                        "first\"},{\"role\":\"assistant\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"second",
                        TOOLS),
                answer("claude-opus-5-5", 10, 20, 30_000, 500, 0));

        // 30000 x (4 - 0.20) millionths.
        assertThat(found.cache()).isEqualTo(new CacheReading(CacheResult.HIT, null, 0, 0, 114_000_000));
    }

    @Test
    void aBreakIsExplainedAndPriced() throws Exception {
        found(request("first", TOOLS), answer("claude-opus-5-5", 1_000, 200, 0, 30_000, 0));
        Findings found = found(request("first", "[]"), answer("claude-opus-5-5", 1_000, 20, 0, 20_000, 9_000));

        // 20000 x 8 + 9000 x 5 + 1000 x 4, less 30000 x 0.20, in millionths.
        assertThat(found.cache())
                .isEqualTo(new CacheReading(CacheResult.BREAK, CacheCause.TOOLS_CHANGED, 30_000, 203_000_000, 0));
    }

    @Test
    void aRewrittenHistoryIsToldFromOneThatGoesOn() throws Exception {
        found(request("first", TOOLS), answer("claude-opus-5-5", 1_000, 200, 0, 30_000, 0));
        Findings rewritten = found(request("another", TOOLS), answer("claude-opus-5-5", 1_000, 20, 0, 30_000, 0));
        Findings lost = found(request("another", TOOLS), answer("claude-opus-5-5", 1_000, 20, 0, 30_000, 0));

        assertThat(Objects.requireNonNull(rewritten.cache()).cause()).isEqualTo(CacheCause.HISTORY_REWRITTEN);
        assertThat(Objects.requireNonNull(lost.cache()).cause()).isEqualTo(CacheCause.SERVER_MISS);
    }

    @Test
    void anUnknownModelIsUnpricedAndACutAnswerIsEstimated() throws Exception {
        assertThat(found(request("a", TOOLS), answer("some-model", 1_000, 200, 0, 0, 0))
                        .charge())
                .isEqualTo(new Charge(0, Certainty.UNPRICED));

        RecordedExchange cut = RecordedExchange.open(recorder)
                .request(request("a", TOOLS))
                .requestEnded()
                .head(200, "content-type", "text/event-stream")
                .answer("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":"
                        + "\"claude-opus-5-5\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":1}}}\n\n");
        cut.ended(Outcome.CLIENT_LEFT, "the client closed its connection");
        assertThat(ended(cut).charge()).isEqualTo(new Charge(4_020_000, Certainty.ESTIMATED));
    }

    @Test
    void whatGeneratesNothingCostsNothing() throws Exception {
        RecordedExchange refused = RecordedExchange.open(recorder)
                .request(request("a", TOOLS))
                .requestEnded()
                .head(529);
        refused.completed();
        assertThat(ended(refused).charge()).isNull();
        assertThat(ended(refused).cache()).isNull();
    }

    private Findings found(String request, String answer) throws InterruptedException {
        RecordedExchange exchange = RecordedExchange.open(recorder)
                .request(request)
                .requestEnded()
                .head(200, "content-type", "application/json")
                .answer(answer);
        exchange.completed();
        return ended(exchange);
    }

    private Findings ended(RecordedExchange exchange) throws InterruptedException {
        return ((StoreEvent.Ended) store.await(exchange.id(), 3).getLast())
                .summary()
                .findings();
    }

    private static String request(String prompt, String tools) {
        return "{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                + "\"}],\"tools\":" + tools + "}";
    }

    private static String answer(String model, long input, long output, long read, long write1h, long write5m) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"" + model
                + "\",\"content\":[],\"usage\":{\"input_tokens\":"
                + input + ",\"output_tokens\":" + output + ",\"cache_read_input_tokens\":" + read
                + ",\"cache_creation_input_tokens\":" + (write1h + write5m) + ",\"cache_creation\":"
                + "{\"ephemeral_5m_input_tokens\":" + write5m + ",\"ephemeral_1h_input_tokens\":" + write1h + "}}}";
    }
}
