package dev.ccproxy.original;

import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.recording.PastExchange;
import dev.ccproxy.recording.PastExchanges;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import dev.ccproxy.storage.StoreHealth;
import dev.ccproxy.storage.StoredExchange;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes over every exchange of the original's database, in the order in which they were written. Ids are derived from the
 * original's, so that an import which was interrupted goes on where it stopped when it is started again, and what is
 * there already is left as it is. For one thread.
 */
public final class OriginalImport {

    private static final int ROWS_AT_ONCE = 256;
    /** What may wait for the database; less than the least memory that recording can be given. */
    private static final long WAITING_BYTES = 8 << 20;

    private static final Duration MOST_FLUSH_TIME = Duration.ofMinutes(5);

    /** Is told how far the import is. */
    public interface Progress {

        void at(long done, long total);

        /** A row cannot be taken over; {@code row} is its id, or its number where it has none. */
        void broken(String row, String reason);
    }

    /**
     * What became of the rows.
     *
     * @param present rows that were in the store already
     */
    public record Result(long imported, long present, long broken) {}

    private final ExchangeReader reader;
    private final ExchangeWriter writer;
    private final PastExchanges exchanges;
    private final Progress progress;

    private long done;
    private long imported;
    private long present;
    private long broken;
    private long waitingBytes;

    /** Prepares an import into the store of {@code reader} and {@code writer}, to which {@code exchanges} writes. */
    public OriginalImport(ExchangeReader reader, ExchangeWriter writer, PastExchanges exchanges, Progress progress) {
        this.reader = reader;
        this.writer = writer;
        this.exchanges = exchanges;
        this.progress = progress;
    }

    /**
     * Takes over what the file holds; returns when all of it is durable.
     *
     * @throws StoreException when the file cannot be read or the store cannot take more
     */
    public Result run(Path file) throws InterruptedException {
        try (OriginalDatabase database = OriginalDatabase.open(file)) {
            long total = database.count();
            progress.at(0, total);
            List<Long> numbers = database.numbersAfter(Long.MIN_VALUE, ROWS_AT_ONCE);
            while (!numbers.isEmpty()) {
                for (long number : numbers) {
                    take(database, number);
                    progress.at(++done, Math.max(done, total));
                }
                flush();
                numbers = database.numbersAfter(numbers.getLast(), ROWS_AT_ONCE);
            }
        }
        return new Result(imported, present, broken);
    }

    private void take(OriginalDatabase database, long number) throws InterruptedException {
        String name = "number " + number;
        try {
            OriginalRow row = database.row(number);
            name = row.id() == null ? name : row.id();
            write(RowReading.read(row));
        } catch (SQLException unreadable) {
            broken(name, "it cannot be read: " + unreadable.getMessage());
        } catch (BrokenRow wrong) {
            broken(name, String.valueOf(wrong.getMessage()));
        }
    }

    private void broken(String row, String reason) {
        broken++;
        progress.broken(row, reason);
    }

    private void write(PastExchange past) throws InterruptedException {
        Optional<StoredExchange> known = reader.find(past.id());
        if (known.isPresent() && !isHalf(known.get())) {
            present++;
            return;
        }
        long bytes = (long) past.body().length()
                + (past.answer() == null ? 0 : past.answer().body().length());
        if (waitingBytes > 0 && waitingBytes + bytes > WAITING_BYTES) {
            flush();
        }
        waitingBytes += bytes;
        if (known.isPresent()) {
            exchanges.complete(past);
        } else {
            exchanges.write(past);
        }
        imported++;
    }

    /** Begun by an import that was killed before it wrote the end, which always says where the exchange is from. */
    private static boolean isHalf(StoredExchange stored) {
        return stored.summary().outcome() == Outcome.INTERRUPTED
                && stored.detail().isEmpty();
    }

    private void flush() throws InterruptedException {
        boolean durable = writer.flush(MOST_FLUSH_TIME);
        waitingBytes = 0;
        StoreHealth health = writer.health();
        if (!durable || health.droppedExchanges() > 0 || health.droppedBodies() > 0) {
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "the store cannot take what is imported"
                            + (health.problem() == null ? "" : ": " + health.problem())
                            + "; start the import again when it can");
        }
    }
}
