package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.segment.Pack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes segments that no body has any more out of the database: a pack that no thread needs goes whole, another one is
 * written anew without them. First the bodies of all threads that have a part of such a pack are looked through, newest
 * first and only until every candidate was met; what bodies use that are written meanwhile is crossed out as they come.
 * Where more packs are queued than there may be candidates, the next round takes them. In slices; for the writer thread.
 */
final class Sweep {

    private static final int BODIES_AT_ONCE = 64;
    private static final int QUEUED_AT_ONCE = 512;

    private enum Step {
        RESUME,
        FIND,
        TAKE_OUT,
        DONE
    }

    private final Condemned candidates;
    private final Dictionaries dictionaries;
    private final ArrayDeque<Long> unknown = new ArrayDeque<>();
    private final ArrayDeque<Long> packs = new ArrayDeque<>();
    private final ArrayDeque<Long> threads = new ArrayDeque<>();
    private final Set<Long> lookedThrough = new HashSet<>();
    private Step step = Step.RESUME;
    private long afterQueued;
    private boolean queueRead;
    private @Nullable Long thread;
    private Set<Long> threadPacks = Set.of();
    private long beforeRow;

    Sweep(Condemned candidates, Dictionaries dictionaries) {
        this.candidates = candidates;
        this.dictionaries = dictionaries;
    }

    boolean done() {
        return step == Step.DONE;
    }

    /** Works until the deadline, on the clock of {@link System#nanoTime}. True when segments were taken out. */
    boolean slice(WriteSession session, long deadlineNanos) throws SQLException {
        boolean taken = false;
        Connection connection = session.connection();
        try (BodyManifests manifests = new BodyManifests(connection);
                Decompressor decompressor = new Decompressor(dictionaries)) {
            do {
                switch (step) {
                    case RESUME -> resume(connection, decompressor);
                    case FIND -> find(connection, manifests);
                    case TAKE_OUT -> taken |= takeOut(session, decompressor);
                    case DONE -> {
                        return taken;
                    }
                }
            } while (System.nanoTime() < deadlineNanos);
        }
        return taken;
    }

    /** Packs that an earlier run queued and did not come to: only of those must be found out what they hold. */
    private void resume(Connection connection, Decompressor decompressor) throws SQLException {
        Long pack = candidates.isFull() ? null : unknown.poll();
        if (pack != null) {
            byte[] data = data(connection, pack);
            candidates.addAll(pack, data == null ? 0 : size(data, decompressor));
        } else if (candidates.isFull() || queueRead) {
            queueRead &= unknown.isEmpty();
            unknown.clear();
            packs.addAll(candidates.packs());
            step = Step.FIND;
        } else {
            readQueue(connection);
        }
    }

    private void readQueue(Connection connection) throws SQLException {
        int read = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT pack_id FROM gc_queue WHERE pack_id > ? ORDER BY pack_id LIMIT ?")) {
            select.setLong(1, afterQueued);
            select.setInt(2, QUEUED_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    read++;
                    afterQueued = rows.getLong(1);
                    if (!candidates.contains(afterQueued)) {
                        unknown.add(afterQueued);
                    }
                }
            }
        }
        queueRead = read < QUEUED_AT_ONCE;
    }

    private static int size(byte[] data, Decompressor decompressor) {
        try {
            return decode(data, decompressor).size();
        } catch (IllegalArgumentException damaged) {
            // It can only be deleted whole.
            return 1;
        }
    }

    private void find(Connection connection, BodyManifests manifests) throws SQLException {
        if (thread != null) {
            lookThrough(connection, manifests, thread);
        } else if (!threads.isEmpty()) {
            begin(connection, threads.remove());
        } else if (packs.isEmpty()) {
            packs.addAll(candidates.packs());
            step = Step.TAKE_OUT;
        } else {
            addThreads(connection, packs.remove());
        }
    }

    /** The threads in which a segment of the pack may be needed. */
    private void addThreads(Connection connection, long pack) throws SQLException {
        if (!candidates.isOpen(pack)) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT thread_id FROM thread_pack WHERE pack_id = ? ORDER BY thread_id DESC")) {
            select.setLong(1, pack);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!lookedThrough.contains(rows.getLong(1))) {
                        threads.add(rows.getLong(1));
                    }
                }
            }
        }
    }

    private void begin(Connection connection, long next) throws SQLException {
        Set<Long> open = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT pack_id FROM thread_pack WHERE thread_id = ?")) {
            select.setLong(1, next);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (candidates.isOpen(rows.getLong(1))) {
                        open.add(rows.getLong(1));
                    }
                }
            }
        }
        if (!open.isEmpty() && lookedThrough.add(next)) {
            thread = next;
            threadPacks = open;
            beforeRow = Long.MAX_VALUE;
        }
    }

    private void lookThrough(Connection connection, BodyManifests manifests, long current) throws SQLException {
        int bodies = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.id, l.manifest, l.keyframe_id
                FROM (SELECT id FROM exchange WHERE thread_id = ? AND id < ? ORDER BY id DESC LIMIT ?) AS e
                LEFT JOIN request_leg l ON l.id > e.id * 8 AND l.id < e.id * 8 + 8 ORDER BY e.id DESC""")) {
            select.setLong(1, current);
            select.setLong(2, beforeRow);
            select.setInt(3, BODIES_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    bodies++;
                    beforeRow = rows.getLong(1);
                    long keyframe = rows.getLong(3);
                    boolean alone = rows.wasNull();
                    candidates.keep(manifests.segments(rows.getBytes(2), alone ? null : keyframe));
                }
            }
        }
        threadPacks.removeIf(pack -> !candidates.isOpen(pack));
        if (bodies < BODIES_AT_ONCE || threadPacks.isEmpty()) {
            thread = null;
        }
    }

    private boolean takeOut(WriteSession session, Decompressor decompressor) throws SQLException {
        Long pack = packs.poll();
        if (pack == null) {
            endRound();
            return false;
        }
        BitSet dead = candidates.remove(pack);
        boolean taken = dead != null && !dead.isEmpty() && takeOut(session, decompressor, pack, dead);
        execute(session.connection(), "DELETE FROM gc_queue WHERE pack_id = ?", pack);
        return taken;
    }

    private void endRound() {
        step = queueRead ? Step.DONE : Step.RESUME;
        afterQueued = 0;
        lookedThrough.clear();
    }

    private static boolean takeOut(WriteSession session, Decompressor decompressor, long id, BitSet dead)
            throws SQLException {
        byte[] data = data(session.connection(), id);
        if (data == null) {
            return false;
        }
        Pack pack;
        try {
            pack = decode(data, decompressor);
        } catch (IllegalArgumentException damaged) {
            // Some bodies may name it still; the check reports it.
            return false;
        }
        List<Bytes> kept = new ArrayList<>();
        long length = 0;
        for (int slot = 0; slot < pack.size(); slot++) {
            Bytes segment = pack.segment(slot);
            if (dead.get(slot)) {
                session.segments().delete(segment, id, slot);
                segment = Bytes.EMPTY;
            }
            kept.add(segment);
            length += segment.length();
        }
        if (length == 0) {
            execute(session.connection(), "DELETE FROM pack WHERE id = ?", id);
            execute(session.connection(), "DELETE FROM thread_pack WHERE pack_id = ?", id);
        } else {
            session.rewritePack(id, kept, length);
        }
        return true;
    }

    private static byte @Nullable [] data(Connection connection, long pack) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT data FROM pack WHERE id = ?")) {
            select.setLong(1, pack);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private static Pack decode(byte[] data, Decompressor decompressor) {
        return Pack.decode(decompressor.decompress(data, PackCache.MOST_DECODED_BYTES));
    }

    private static void execute(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }
}
