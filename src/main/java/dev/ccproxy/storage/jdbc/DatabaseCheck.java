package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.CheckListener;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.segment.Pack;
import dev.ccproxy.storage.segment.SegmentId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything a database holds: the file itself, each exchange with its bodies rebuilt and their hashes compared,
 * the index of segments, and what must hold between rows. Only reads, in transactions that are short but for the last two
 * steps. For one thread.
 */
final class DatabaseCheck {

    private static final int PAGE = 500;
    private static final int MOST_FILE_FINDINGS = 100;

    private final ReadConnections connections;
    private final Dictionaries dictionaries;
    private final ExchangeReader reader;
    private final CheckListener listener;

    DatabaseCheck(
            ReadConnections connections, Dictionaries dictionaries, ExchangeReader reader, CheckListener listener) {
        this.connections = connections;
        this.dictionaries = dictionaries;
        this.reader = reader;
        this.listener = listener;
    }

    void run() throws InterruptedException {
        step("the file", () -> connections.read(this::file));
        exchanges();
        step("the segments", () -> connections.read(this::segments));
        step(
                "the relations",
                () -> connections.read(connection -> {
                    Consistency.check(connection, listener);
                    return true;
                }));
    }

    /** A step that a damaged file breaks off is a finding, and the next one is tried. */
    private void step(String what, Runnable work) {
        try {
            work.run();
        } catch (StoreException | IllegalArgumentException broken) {
            listener.found(what + " cannot be checked: " + broken.getMessage());
        }
    }

    private boolean file(Connection connection) throws SQLException {
        listener.checked("file", 0, 1);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + MOST_FILE_FINDINGS + ")")) {
            while (rows.next()) {
                if (!rows.getString(1).equals("ok")) {
                    listener.found("the file: " + rows.getString(1));
                }
            }
        }
        return true;
    }

    private void exchanges() throws InterruptedException {
        long[] done = {0};
        long[] last = {0};
        List<ExchangeId> page = new ArrayList<>();
        do {
            page.clear();
            step("the list of exchanges", () -> page.addAll(connections.read(connection -> page(connection, last))));
            long total = Math.max(done[0] + page.size(), total());
            for (ExchangeId id : page) {
                exchange(id);
                listener.checked("exchanges", ++done[0], total);
            }
        } while (!page.isEmpty());
    }

    private long total() {
        try {
            return reader.count(ExchangeFilter.ALL);
        } catch (StoreException unknown) {
            // It is for the display only; the steps that need it say what is wrong.
            return 0;
        }
    }

    private static List<ExchangeId> page(Connection connection, long[] last) throws SQLException {
        List<ExchangeId> ids = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, public_id FROM exchange WHERE id > ? ORDER BY id LIMIT ?")) {
            select.setLong(1, last[0]);
            select.setInt(2, PAGE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last[0] = rows.getLong(1);
                    ids.add(Cursor.idOf(rows.getBytes(2)));
                }
            }
        }
        return ids;
    }

    private void exchange(ExchangeId id) throws InterruptedException {
        try {
            if (reader.find(id).isEmpty()) {
                return;
            }
            reader.arrivals(id);
            read(reader.requestBody(id));
            read(reader.responseBody(id));
        } catch (StoreException broken) {
            if (broken.reason() == Reason.CORRUPT || reader.find(id).isPresent()) {
                listener.found(String.valueOf(broken.getMessage()));
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        } catch (RuntimeException malformed) {
            listener.found("exchange " + id + " cannot be read: " + malformed);
        }
    }

    /** To the end, where its hash is compared. */
    private static void read(Optional<StoredBody> body) throws IOException, InterruptedException {
        if (body.isPresent()) {
            body.get().source().sendTo(_ -> {});
        }
    }

    /** What the index calls a segment must be it: later bodies rely on the index without looking. */
    private boolean segments(Connection connection) throws SQLException {
        long total = count(connection);
        long done = 0;
        long packId = -1;
        Pack pack = null;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, hash FROM segment ORDER BY id");
                PreparedStatement select = connection.prepareStatement("SELECT data FROM pack WHERE id = ?");
                Decompressor decompressor = new Decompressor(dictionaries)) {
            while (rows.next()) {
                long id = rows.getLong(1);
                if (SegmentId.pack(id) != packId) {
                    packId = SegmentId.pack(id);
                    pack = pack(select, packId, decompressor);
                }
                if (pack != null && !isSegment(pack, SegmentId.slot(id), rows.getBytes(2))) {
                    listener.found("segment " + SegmentId.slot(id) + " of pack " + packId
                            + " is not what the index of segments says");
                }
                listener.checked("segments", ++done, total);
            }
        }
        return true;
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM segment")) {
            row.next();
            return row.getLong(1);
        }
    }

    private @Nullable Pack pack(PreparedStatement select, long id, Decompressor decompressor) throws SQLException {
        select.setLong(1, id);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                listener.found("pack " + id + " is missing, of which there are segments");
                return null;
            }
            return Pack.decode(decompressor.decompress(row.getBytes(1), PackCache.MOST_DECODED_BYTES));
        } catch (IllegalArgumentException damaged) {
            listener.found("pack " + id + " is damaged: " + damaged.getMessage());
            return null;
        }
    }

    private static boolean isSegment(Pack pack, int slot, byte[] hash) {
        if (slot >= pack.size()) {
            return false;
        }
        Bytes segment = pack.segment(slot);
        return Arrays.equals(Sha256.of(segment).toByteArray(), 0, hash.length, hash, 0, hash.length);
    }
}
