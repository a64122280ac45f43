package dev.ccproxy.recording;

import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A process that records two hundred exchanges of 100 KB a second from its first, cold second on, more than ten busy clients
 * make, and prints the id of each exchange when the store has acknowledged it, until killed.
 */
final class RecordingUnderLoad {

    /** Not so many that bodies would be dropped on a slow machine. */
    private static final Semaphore UNACKNOWLEDGED = new Semaphore(400);

    private RecordingUnderLoad() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        MemoryBudget budget = new MemoryBudget(256 << 20);
        SqliteStore store = SqliteStore.open(file, budget);
        Recorder recorder = new Recorder(
                new StorageSettings(file, 64 << 20, budget.limitBytes()),
                budget,
                store.writer(),
                new Redaction(store.redactionKey(), "x-api-key"),
                Derivations.withoutStore(),
                List.of(RecordingUnderLoad::acknowledged));
        while (true) {
            UNACKNOWLEDGED.acquire();
            RecordedExchange exchange = RecordedExchange.open(recorder);
            exchange.requestPiece(request(exchange.id())).requestEnded().head(200);
            exchange.answerPiece(answer(exchange.id()), 1).completed();
            Thread.sleep(5);
        }
    }

    private static void acknowledged(ExchangeSummary summary) {
        if (summary.outcome() == Outcome.COMPLETED) {
            System.out.println(summary.id());
            UNACKNOWLEDGED.release();
        }
    }

    static Bytes request(ExchangeId id) {
        return Bytes.utf8(("{\"request\":\"" + id + "\"}").repeat(2_000));
    }

    static Bytes answer(ExchangeId id) {
        return Bytes.utf8(("{\"answer\":\"" + id + "\"}").repeat(50));
    }
}
