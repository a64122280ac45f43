package dev.ccproxy.proxy;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Room;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A body as long as somebody may need it, and there is memory for it. For one event loop. */
final class HeldBody {

    private final Room memory;
    private final List<Bytes> pieces = new ArrayList<>();
    private long takenBytes;
    private boolean dropped;

    HeldBody(Room memory) {
        this.memory = memory;
    }

    /** False when there is no room: this piece, too, is here until {@link #takeAll} or {@link #drop}. */
    boolean add(Bytes piece) {
        if (dropped) {
            return false;
        }
        pieces.add(piece);
        boolean room = memory.take(piece.length());
        takenBytes += room ? piece.length() : 0;
        return room;
    }

    /** Whether every piece that came is here. */
    boolean isWhole() {
        return !dropped;
    }

    /** Every piece as one. */
    Bytes joined() {
        return Bytes.joined(pieces);
    }

    /** Every piece as one, which is no longer held. */
    Buffer takeAll() {
        Buffer all = Buffer.buffer(joined().toByteArray());
        drop();
        return all;
    }

    /** Nothing is held from now on. */
    void drop() {
        memory.giveBack(takenBytes);
        takenBytes = 0;
        pieces.clear();
        dropped = true;
    }
}
