package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.segment.Cuts;
import dev.ccproxy.storage.segment.Manifest;
import dev.ccproxy.storage.segment.SegmentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes request bodies as lists of segments, of which only those are stored that no body had before. What it writes for a
 * body grows with what is new in it, never with what it repeats. For the writer thread.
 */
final class BodyTable {

    /** A difference from the keyframe of this size costs less than a new keyframe would. */
    private static final int CHEAP_BYTES = 96;

    /** A larger part of the keyframe than this being different makes a new one. */
    private static final int KEYFRAME_SHARE = 6;

    /** A body as it is held: a manifest, coded against a keyframe where there is one. */
    record Held(@Nullable Long keyframe, Bytes manifest) {}

    private final SegmentTable segments;
    private final PackWriter packs;
    private final Lanes lanes;
    private final Condemned condemned;
    private final RowIds keyframeIds;
    private final RecentKeys edges;
    private final PreparedStatement insertKeyframe;
    private final PreparedStatement insertEdge;

    /** Crosses out of what is {@code condemned} what a body has that it writes. */
    BodyTable(
            Connection connection,
            SegmentTable segments,
            PackWriter packs,
            Lanes lanes,
            RecentKeys edges,
            Condemned condemned)
            throws SQLException {
        this.segments = segments;
        this.packs = packs;
        this.lanes = lanes;
        this.edges = edges;
        this.condemned = condemned;
        this.keyframeIds = new RowIds(connection, "keyframe");
        this.insertKeyframe =
                connection.prepareStatement("INSERT INTO keyframe(id, thread_id, manifest) VALUES (?, ?, ?)");
        this.insertEdge = connection.prepareStatement("INSERT INTO thread_pack(thread_id, pack_id) VALUES (?, ?)"
                + " ON CONFLICT(thread_id, pack_id) DO NOTHING");
    }

    /** Stores the body of an exchange of that thread and kind. */
    Held write(Bytes body, long exchangeRow, long thread, Kind kind) throws SQLException {
        Lane lane = lanes.of(thread, kind);
        Lane.Last same = lane.lastIfSame(body);
        if (same != null) {
            condemned.keep(same.held(), same.ids());
            return same.held();
        }
        Lane.Start start = lane.start(body);
        long[] ids = start.ids();
        if (start.known() < ids.length) {
            writeSegments(body, start, exchangeRow);
            writeEdges(ids, start.known(), thread);
        }
        Held held = manifest(ids, lane, thread);
        condemned.keep(held, ids);
        lanes.remember(lane, new Lane.Last(body, start.cuts(), ids, held));
        return held;
    }

    /** What was remembered may not be in the database: a transaction failed, or rows were deleted. */
    void forget() {
        segments.forget();
        packs.forget();
        lanes.forget();
        edges.clear();
    }

    private void writeSegments(Bytes body, Lane.Start start, long exchangeRow) throws SQLException {
        Cuts cuts = start.cuts();
        for (int i = start.known(); i < cuts.size(); i++) {
            Bytes segment = body.slice(cuts.start(i), cuts.end(i));
            long proposed = packs.nextId();
            long id = segments.idOf(segment, proposed);
            if (id == proposed) {
                packs.add(segment, exchangeRow);
            }
            start.ids()[i] = id;
        }
        packs.finish(exchangeRow);
    }

    private void writeEdges(long[] ids, int from, long thread) throws SQLException {
        long before = -1;
        for (int i = from; i < ids.length; i++) {
            long pack = SegmentId.pack(ids[i]);
            if (pack != before && edges.find(thread, pack) == RecentKeys.NONE) {
                insertEdge.setLong(1, thread);
                insertEdge.setLong(2, pack);
                insertEdge.executeUpdate();
                edges.put(thread, pack, 1);
            }
            before = pack;
        }
    }

    private Held manifest(long[] ids, Lane lane, long thread) throws SQLException {
        Lane.Keyframe keyframe = lane.keyframe();
        if (keyframe != null) {
            byte[] difference = Manifest.encode(ids, keyframe.ids());
            if (difference.length <= Math.max(CHEAP_BYTES, keyframe.codedBytes() / KEYFRAME_SHARE)) {
                return new Held(keyframe.row(), Bytes.wrap(difference));
            }
        }
        byte[] whole = Manifest.encode(ids);
        return whole.length <= CHEAP_BYTES ? new Held(null, Bytes.wrap(whole)) : begin(ids, whole, lane, thread);
    }

    private Held begin(long[] ids, byte[] whole, Lane lane, long thread) throws SQLException {
        Lane.Keyframe keyframe = new Lane.Keyframe(keyframeIds.next(), ids, whole.length);
        insertKeyframe.setLong(1, keyframe.row());
        insertKeyframe.setLong(2, thread);
        insertKeyframe.setBytes(3, whole);
        insertKeyframe.executeUpdate();
        lanes.begin(lane, keyframe);
        return new Held(keyframe.row(), Bytes.wrap(Manifest.encode(ids, ids)));
    }
}
