package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the {@link FakeUpstream} sees it, while it arrives and afterwards. Safe for all threads. */
public final class UpstreamRequest {

    private final int number;
    private final int connection;
    private final MessageHead head;
    private final Changes changes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Headers trailers = Headers.EMPTY;
    private boolean whole;
    private boolean wanted;
    private @Nullable Ending peerClosed;

    UpstreamRequest(int number, int connection, MessageHead head, Changes changes, boolean wanted) {
        this.number = number;
        this.connection = connection;
        this.head = head;
        this.changes = changes;
        this.wanted = wanted;
    }

    /** From 1 in the order in which the heads arrived. */
    public int number() {
        return number;
    }

    /** Number of the connection it came on, from 1 in the order they were accepted. */
    public int connection() {
        return connection;
    }

    public MessageHead head() {
        return head;
    }

    /** The whole body, without its framing; waits for it. */
    public Bytes body() {
        changes.await(Patience.DEFAULT, () -> whole, () -> "the whole body of " + this);
        return received();
    }

    /** What has arrived of the body so far, without its framing. */
    public Bytes received() {
        return changes.read(() -> Bytes.wrap(body.toByteArray()));
    }

    /** Waits until at least so many bytes of the body have arrived. */
    public Bytes awaitReceived(int bytes) {
        changes.await(Patience.DEFAULT, () -> body.size() >= bytes, () -> bytes + " body bytes of " + this);
        return received();
    }

    /** The trailers of a body that came in chunks; waits for the whole body. */
    public Headers trailers() {
        changes.await(Patience.DEFAULT, () -> whole, () -> "the trailers of " + this);
        return changes.read(() -> trailers);
    }

    public boolean whole() {
        return changes.read(() -> whole);
    }

    /** How the other side closed this connection; empty while it is open. */
    public Optional<Ending> peerClosed() {
        return changes.read(() -> Optional.ofNullable(peerClosed));
    }

    /** Waits until the other side closed this connection, and tells how. */
    public Ending awaitPeerClosed(Duration atMost) {
        changes.await(atMost, () -> peerClosed != null, () -> "the other side closes the connection of " + this);
        return peerClosed().orElseThrow();
    }

    /** Lets an upstream that was started without reading read this body. */
    public void startReading() {
        changes.make(() -> wanted = true);
    }

    void awaitWanted() {
        changes.await(Duration.ofMinutes(5), () -> wanted, () -> "somebody wants the body of " + this);
    }

    void received(Bytes piece) {
        changes.make(() -> body.write(piece.array(), piece.arrayOffset(), piece.length()));
    }

    void ended(Headers lastLines) {
        changes.make(() -> {
            trailers = lastLines;
            whole = true;
        });
    }

    void peerClosed(Ending how) {
        changes.make(() -> peerClosed = how);
    }

    @Override
    public String toString() {
        return head.startLine() + " on connection " + connection;
    }
}
