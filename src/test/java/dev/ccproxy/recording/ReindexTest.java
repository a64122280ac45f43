package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.LongConversation;
import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.storage.Dimension;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.DatabaseInspection;
import dev.ccproxy.storage.jdbc.SqliteStore;
import dev.ccproxy.testing.AnthropicScript;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReindexTest {

    private static final String SESSION = "8a6e0804-2bd0-4672-b79d-d97027f9071a";
    private static final String AGENT = "a0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void whatIsDerivedIsTheSameWhenWorkedOutAnew() throws Exception {
        Path file = folder.resolve("requests.db");
        MemoryBudget budget = new MemoryBudget(64 << 20);
        List<Object> recorded;
        try (SqliteStore store = SqliteStore.open(file, budget)) {
            record(store, budget, file);
            recorded = told(store);
        }
        assertThat(recorded.toString()).contains("code-reviewer", "Step 1", "/home/u/project", "EXACT");
        vandalise(file);
        try (SqliteStore store = SqliteStore.open(file, budget)) {
            assertThat(told(store)).isNotEqualTo(recorded);
            Derivation derivation = new Derivation(
                    Recall.fromTheStart(store.reader()),
                    Derivations.costs(),
                    _ -> Optional.empty(),
                    budget.followedBytes());
            assertThat(store.reindex(new RecordedAgain(derivation), _ -> {})).isEqualTo(9);
            assertThat(told(store)).isEqualTo(recorded);
        }
        try (DatabaseInspection database = DatabaseInspection.open(file)) {
            assertThat(database.statistics().exchanges()).isEqualTo(9);
        }
    }

    private static void record(SqliteStore store, MemoryBudget budget, Path file) throws Exception {
        Redaction redaction = new Redaction(store.redactionKey(), "x-api-key");
        Derivation derivation = new Derivation(
                Recall.of(store.reader()), Derivations.costs(), _ -> Optional.empty(), budget.followedBytes());
        try (Recorder recorder = new Recorder(
                new StorageSettings(file, 8 << 20, budget.limitBytes()),
                budget,
                store.writer(),
                redaction,
                derivation,
                List.of())) {
            for (int turn = 1; turn <= 7; turn++) {
                AnthropicScript answer = AnthropicScript.message("msg_" + turn, "claude-opus-5-5");
                answer = turn == 2
                        ? answer.toolUse(
                                "toolu_ask",
                                "Agent",
                                "{\"subagent_type\":\"code-reviewer\",\"description\":\"Look\",\"prompt\":\"Review it.\"}")
                        : answer.toolUse("toolu_" + turn, "Read", "{\"file_path\":\"/a\"}");
                play(recorder, Headers.of("x-claude-code-session-id", SESSION), LongConversation.body(turn), answer);
                assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
            }
            Headers child = Headers.of("x-claude-code-session-id", SESSION, "x-claude-code-agent-id", AGENT);
            String asked =
                    "{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Review it.\"}]}";
            for (int i = 0; i < 2; i++) {
                play(
                        recorder,
                        child,
                        asked,
                        AnthropicScript.message("msg_sub", "claude-opus-5-5").text("Fine."));
                assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(recorder.close(Duration.ofSeconds(20))).isTrue();
        }
    }

    private static void play(Recorder recorder, Headers headers, String request, AnthropicScript answer)
            throws InterruptedException {
        RecordedExchange exchange = RecordedExchange.open(recorder, headers)
                .request(request)
                .requestEnded()
                .head(200, "content-type", "text/event-stream");
        exchange.answerPiece(answer.sse(), 5);
        exchange.completed();
    }

    /** Everything that is derived. */
    private static List<Object> told(SqliteStore store) {
        List<Object> told = new ArrayList<>();
        List<ExchangeSummary> exchanges =
                store.reader().list(ExchangeQuery.newest(50)).items();
        told.addAll(exchanges);
        told.add(store.sessions().sessions(null, 10, null));
        told.add(store.sessions().session(SESSION).orElseThrow());
        told.add(store.sessions().turns(SESSION, -1, 50));
        Instant from = exchanges.getLast().at().minusSeconds(4_000);
        Instant to = exchanges.getFirst().at().plusSeconds(4_000);
        for (Dimension dimension : Dimension.values()) {
            told.add(store.usage().usage(from, to, Duration.ofHours(1), dimension));
        }
        told.add(store.usage().tools(from, to));
        told.add(store.usage().firstContents(from, to));
        told.add(store.prompts().latest(10));
        return told;
    }

    private static void vandalise(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE exchange SET kind = 'other', cost_nano = 1, cost_certainty = 'unpriced', turn = 9,"
                            + " cache_result = NULL, tool = 'x', model = NULL, input_tokens = 5, calls_print = 5");
            statement.execute("UPDATE thread SET agent_name = 'wrong', cost_nano = 7");
            statement.execute("UPDATE session SET title = 'wrong', project = NULL");
            statement.execute("DELETE FROM rollup");
            statement.execute("DELETE FROM prompt_version");
            statement.execute("UPDATE turn SET prompt = 'wrong'");
        }
    }
}
