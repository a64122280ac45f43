package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.segment.Manifest;
import dev.ccproxy.storage.segment.Pack;
import dev.ccproxy.storage.segment.SegmentId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives bodies back piece by piece, verified. Only short transactions: what a piece needs is read when it is due. Safe for
 * all threads.
 */
final class BodyReader {

    private static final int PIECE_BYTES = 64 << 10;
    private static final long[] NO_KEYFRAME = {};

    private final ReadConnections connections;
    private final Dictionaries dictionaries;
    private final PackCache packs;

    BodyReader(ReadConnections connections, Dictionaries dictionaries, PackCache packs) {
        this.connections = connections;
        this.dictionaries = dictionaries;
        this.packs = packs;
    }

    /** A leg's row: the facts, the hash of what reading back gives, and its form. */
    private record Row<T>(BodyFacts facts, Bytes sha256, T form) {}

    private record Listed(
            Bytes manifest, boolean coded, @Nullable Bytes keyframe) {}

    Optional<StoredBody> request(ExchangeId id, Leg leg) {
        Row<Listed> row = connections.read(connection -> request(connection, id, leg));
        return Optional.ofNullable(row).map(found -> new StoredBody(found.facts(), sink -> send(id, found, sink)));
    }

    Optional<StoredBody> response(ExchangeId id, Leg leg) {
        Row<byte[]> row = connections.read(connection -> response(connection, id, leg));
        return Optional.ofNullable(row)
                .map(found -> new StoredBody(found.facts(), sink -> decompress(id, found, sink)));
    }

    static StoreException corrupt(ExchangeId id, String what, @Nullable Exception cause) {
        String message = what + " of exchange " + id + " cannot be read back as it was written; other exchanges are"
                + " not affected";
        return cause == null
                ? new StoreException(Reason.CORRUPT, message)
                : new StoreException(Reason.CORRUPT, message, cause);
    }

    private static @Nullable Row<Listed> request(Connection connection, ExchangeId id, Leg leg) throws SQLException {
        String sql = "SELECT " + BodyColumns.of("l") + ", l.stored_sha256, l.manifest, l.keyframe_id, k.manifest"
                + " FROM exchange e JOIN request_leg l ON l.id = " + leg.keyOf("e.id")
                + " LEFT JOIN keyframe k ON k.id = l.keyframe_id"
                + " WHERE e.public_id = ? AND l.manifest IS NOT NULL";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row(row, listed(row)) : null;
            }
        }
    }

    private static Listed listed(ResultSet row) throws SQLException {
        byte[] keyframe = row.getBytes(9);
        return new Listed(
                Bytes.wrap(row.getBytes(7)), row.getObject(8) != null, keyframe == null ? null : Bytes.wrap(keyframe));
    }

    private static @Nullable Row<byte[]> response(Connection connection, ExchangeId id, Leg leg) throws SQLException {
        String sql = "SELECT " + BodyColumns.of("l") + ", l.stored_sha256, l.data"
                + " FROM exchange e JOIN response_leg l ON l.id = " + leg.keyOf("e.id")
                + " WHERE e.public_id = ? AND l.data IS NOT NULL";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, Cursor.idBytes(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row(row, row.getBytes(7)) : null;
            }
        }
    }

    private static <T> @Nullable Row<T> row(ResultSet row, T form) throws SQLException {
        BodyFacts facts = BodyColumns.read(row, 1);
        byte[] own = row.getBytes(6);
        if (facts == null) {
            return null;
        }
        Bytes sha256 = own == null ? facts.sha256() : Bytes.wrap(own);
        return sha256 == null ? null : new Row<>(facts, sha256, form);
    }

    private void send(ExchangeId id, Row<Listed> row, StoredBody.Sink sink) throws IOException, InterruptedException {
        VerifiedOutput out = new VerifiedOutput(sink);
        try {
            long[] ids = segmentIds(row.form());
            Map<Long, Pack> window = Map.of();
            int at = 0;
            while (at < ids.length) {
                Pack pack = window.get(SegmentId.pack(ids[at]));
                if (pack == null) {
                    window = packs.window(ids, at);
                    continue;
                }
                int end = endOfRun(ids, at);
                out.take(pack.segments(SegmentId.slot(ids[at]), end - at));
                at = end;
            }
        } catch (IllegalArgumentException damaged) {
            throw deletedOrCorrupt(id, damaged);
        }
        if (!out.finish().equals(row.sha256())) {
            throw corrupt(id, "the request body", null);
        }
    }

    private StoreException deletedOrCorrupt(ExchangeId id, IllegalArgumentException damaged) {
        return request(id, Leg.CLIENT_REQUEST).isPresent()
                ? corrupt(id, "the request body", damaged)
                : new StoreException(
                        Reason.UNAVAILABLE, "exchange " + id + " was deleted while it was being read", damaged);
    }

    private static long[] segmentIds(Listed listed) {
        if (!listed.coded()) {
            return Manifest.decode(listed.manifest().array(), NO_KEYFRAME);
        }
        if (listed.keyframe() == null) {
            throw new IllegalArgumentException("its keyframe is missing");
        }
        return Manifest.decode(
                listed.manifest().array(), Manifest.decode(listed.keyframe().array(), NO_KEYFRAME));
    }

    /** Neighbours in one pack are sent together. */
    private static int endOfRun(long[] ids, int from) {
        int end = from + 1;
        while (end < ids.length
                && ids[end] == ids[end - 1] + 1
                && SegmentId.pack(ids[end]) == SegmentId.pack(ids[from])) {
            end++;
        }
        return end;
    }

    private void decompress(ExchangeId id, Row<byte[]> row, StoredBody.Sink sink)
            throws IOException, InterruptedException {
        VerifiedOutput out = new VerifiedOutput(sink);
        try (InputStream in = Decompressor.stream(row.form(), dictionaries)) {
            for (Bytes piece = next(id, in); !piece.isEmpty(); piece = next(id, in)) {
                out.take(piece);
            }
        }
        if (!out.finish().equals(row.sha256())) {
            throw corrupt(id, "the answer", null);
        }
    }

    private static Bytes next(ExchangeId id, InputStream in) {
        try {
            return Bytes.wrap(in.readNBytes(PIECE_BYTES));
        } catch (IOException | com.github.luben.zstd.ZstdException broken) {
            throw corrupt(id, "the answer", broken);
        }
    }
}
