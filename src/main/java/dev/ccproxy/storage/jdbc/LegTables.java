package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.StoreEvent;
import dev.ccproxy.storage.UpstreamLegs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Writes what went over each leg: header lines, facts about the body, the body. For the writer thread. */
final class LegTables implements AutoCloseable {

    private static final String FACTS = "wire_length, sha256, encoding, state, stored_length, stored_sha256";

    private final BodyTable bodies;
    private final Compressor headerCompressor;
    private final Compressor answerCompressor;
    private final PreparedStatement insertRequest;
    private final PreparedStatement updateRequest;
    private final PreparedStatement insertResponse;

    LegTables(Connection connection, BodyTable bodies) throws SQLException {
        this.bodies = bodies;
        this.headerCompressor = new Compressor(Dictionaries.shipped(Purpose.HEADERS));
        this.answerCompressor = new Compressor(Dictionaries.shipped(Purpose.ANSWERS));
        this.insertRequest = connection.prepareStatement("INSERT INTO request_leg(" + FACTS
                + ", keyframe_id, manifest, id, headers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.updateRequest = connection.prepareStatement("UPDATE request_leg SET (" + FACTS
                + ", keyframe_id, manifest) = (?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?");
        this.insertResponse = connection.prepareStatement("INSERT INTO response_leg(" + FACTS
                + ", data, arrivals, id, headers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /** Whether much is waiting. */
    void hurry(boolean now) {
        headerCompressor.hurry(now);
        answerCompressor.hurry(now);
    }

    /** The head of a request and, where it is there already, its body. */
    void insertRequest(OpenRow row, StoreEvent.Begun begun, StoreEvent.@Nullable Request request) throws SQLException {
        bindRequest(insertRequest, row, request);
        insertRequest.setLong(9, Leg.CLIENT_REQUEST.key(row.id()));
        insertRequest.setBytes(10, compressed(begun.headers()));
        insertRequest.executeUpdate();
    }

    /** The body of a request whose head is stored. */
    void updateRequest(OpenRow row, StoreEvent.Request request) throws SQLException {
        bindRequest(updateRequest, row, request);
        updateRequest.setLong(9, Leg.CLIENT_REQUEST.key(row.id()));
        updateRequest.executeUpdate();
    }

    void insertResponse(OpenRow row, StoreEvent.Ended ended) throws SQLException {
        Bytes content = ended.content();
        bindFacts(insertResponse, ended.body(), content);
        insertResponse.setBytes(7, content == null ? null : answerCompressor.compress(content));
        insertResponse.setBytes(8, ended.arrivals().size() == 0 ? null : ArrivalCodec.encode(ended.arrivals()));
        insertResponse.setLong(9, Leg.CLIENT_RESPONSE.key(row.id()));
        insertResponse.setBytes(10, ended.headers() == null ? null : compressed(ended.headers()));
        insertResponse.executeUpdate();
    }

    /** What went elsewhere and came back. */
    void insertUpstream(OpenRow row, UpstreamLegs upstream) throws SQLException {
        bindFacts(insertRequest, upstream.requestBody(), upstream.request());
        bindHeld(insertRequest, upstream.request() == null ? null : heldAlone(upstream.request(), row));
        insertRequest.setLong(9, Leg.UPSTREAM_REQUEST.key(row.id()));
        insertRequest.setBytes(10, compressed(upstream.requestHeaders()));
        insertRequest.executeUpdate();
        Bytes answer = upstream.response();
        bindFacts(insertResponse, upstream.responseBody(), answer);
        insertResponse.setBytes(7, answer == null ? null : answerCompressor.compress(answer));
        insertResponse.setBytes(8, null);
        insertResponse.setLong(9, Leg.UPSTREAM_RESPONSE.key(row.id()));
        insertResponse.setBytes(10, upstream.responseHeaders() == null ? null : compressed(upstream.responseHeaders()));
        insertResponse.executeUpdate();
    }

    /** What a provider gets resembles what it got before, not what the client sends: it is held as a kind of its own. */
    private BodyTable.Held heldAlone(Bytes request, OpenRow row) throws SQLException {
        return bodies.write(request, row.id(), row.thread().id(), Kind.OTHER);
    }

    private void bindRequest(PreparedStatement statement, OpenRow row, StoreEvent.@Nullable Request request)
            throws SQLException {
        bindFacts(statement, request == null ? null : request.body(), request == null ? null : request.content());
        bindHeld(
                statement,
                request == null || request.content() == null
                        ? null
                        : bodies.write(
                                request.content(),
                                row.id(),
                                row.thread().id(),
                                request.summary().kind()));
    }

    private static void bindHeld(PreparedStatement statement, BodyTable.@Nullable Held held) throws SQLException {
        if (held == null || held.keyframe() == null) {
            statement.setNull(7, Types.BIGINT);
        } else {
            statement.setLong(7, held.keyframe());
        }
        statement.setBytes(8, held == null ? null : held.manifest().toByteArray());
    }

    /** Six parameters from the first on. */
    private static void bindFacts(PreparedStatement statement, @Nullable BodyFacts body, @Nullable Bytes content)
            throws SQLException {
        if (body == null) {
            for (int column = 1; column <= 6; column++) {
                statement.setNull(column, Types.NULL);
            }
            return;
        }
        Bytes wire = body.sha256();
        statement.setLong(1, body.wireLength());
        statement.setBytes(2, wire == null ? null : wire.toByteArray());
        statement.setString(3, body.encoding());
        statement.setString(4, body.state().word());
        statement.setLong(5, body.storedLength());
        statement.setBytes(6, content == null ? null : ownHash(body, content));
    }

    /** Where it is not the wire's. */
    private static byte @Nullable [] ownHash(BodyFacts body, Bytes content) {
        return body.sha256() == null || body.state() == BodyFacts.State.DECODED
                ? Sha256.of(content).toByteArray()
                : null;
    }

    private byte[] compressed(Headers headers) {
        return headerCompressor.compress(HeaderCodec.encode(headers));
    }

    @Override
    public void close() {
        headerCompressor.close();
        answerCompressor.close();
    }
}
