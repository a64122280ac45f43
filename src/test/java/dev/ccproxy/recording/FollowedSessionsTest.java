package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.LongConversation;
import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.http.Room;
import dev.ccproxy.session.Histories;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of other requests when one comes, also from the store when the program was started anew. */
class FollowedSessionsTest {

    private static final Headers NAMELESS = Headers.of("User-Agent", "some-sdk/1");

    @TempDir
    Path folder;

    @Test
    void aConversationGoesOnAfterARestart() throws Exception {
        MemoryBudget budget = new MemoryBudget(16 << 20);
        try (SqliteStore store = SqliteStore.open(folder.resolve("requests.db"), budget)) {
            play(store, budget, NAMELESS, messages("One."));
            play(store, budget, NAMELESS, messages("One.", "Hello.", "Two."));

            List<ExchangeSummary> all =
                    store.reader().list(ExchangeQuery.newest(9)).items();
            assertThat(all).hasSize(2);
            assertThat(all.get(0).sessionId()).isEqualTo(all.get(1).sessionId()).startsWith("content-");
            assertThat(all.get(0).findings().place().turn()).isEqualTo(2);
        }
    }

    @Test
    void aForkIsKnownAfterARestart() throws Exception {
        MemoryBudget budget = new MemoryBudget(16 << 20);
        try (SqliteStore store = SqliteStore.open(folder.resolve("requests.db"), budget)) {
            play(store, budget, Headers.of("x-claude-code-session-id", "first"), messages("One.", "Hello.", "Two."));
            play(
                    store,
                    budget,
                    Headers.of("x-claude-code-session-id", "second"),
                    messages("One.", "Hello.", "Two.", "Hello.", "Three."));

            assertThat(store.sessions().session("second").orElseThrow().row().origin())
                    .isEqualTo(new Histories.Origin("first", 3));
            assertThat(store.sessions().session("first").orElseThrow().forks()).containsExactly("second");
        }
    }

    @Test
    void aClientWithoutSessionHeaderIsReadOnFromWhereItsLastRequestEnded() {
        Derivation derivation = Derivations.withoutStore();
        int second = 0;
        int last = 0;
        for (int turn = 1; turn <= 40; turn++) {
            Bytes body = Bytes.utf8(LongConversation.body(turn));
            Asked asked = derivation.read(opened(), body, Room.NONE);
            int parsed = Objects.requireNonNull(asked.conversation()).parsedBytes();
            second = turn == 2 ? parsed : second;
            last = parsed;
            derivation.asked(Summaries.asked(opened(), asked, body.length()), asked, "body " + turn);
        }
        assertThat(last).as("bytes parsed of turn 40, against turn 2").isLessThanOrEqualTo(3 * second);
    }

    private static void play(SqliteStore store, MemoryBudget budget, Headers headers, String request)
            throws InterruptedException {
        Derivation derivation = new Derivation(
                Recall.of(store.reader()), Derivations.costs(), _ -> Optional.empty(), budget.followedBytes());
        try (Recorder recorder = new Recorder(
                new StorageSettings(Path.of("unused.db"), 8 << 20, budget.limitBytes()),
                budget,
                store.writer(),
                new Redaction(store.redactionKey(), "x-api-key"),
                derivation,
                List.of())) {
            RecordedExchange exchange = RecordedExchange.open(recorder, headers)
                    .request(request)
                    .requestEnded()
                    .head(200, "content-type", "application/json")
                    .answer("{\"type\":\"message\",\"content\":[]}");
            exchange.completed();
            assertThat(recorder.close(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
    }

    private static Opened opened() {
        Instant at = Instant.now();
        return new Opened(ExchangeId.next(at), at, 0, "POST", "/v1/messages", "127.0.0.1", null, NAMELESS, "anthropic");
    }

    /** Those of user and assistant in turn. */
    private static String messages(String... texts) {
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            messages.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"")
                    .append(i % 2 == 0 ? "user" : "assistant")
                    .append("\",\"content\":\"")
                    .append(texts[i])
                    .append("\"}");
        }
        return "{\"model\":\"claude-opus-5-5\",\"messages\":[" + messages + "]}";
    }
}
