package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body as it left the event loop.
 *
 * @param rest what is still held of it: all, or what has not been hashed yet
 * @param extent how much of it could be kept
 */
record CapturedBody(Lump rest, long wireLength, Extent extent) {

    enum Extent {
        WHOLE,
        /** Over the limit for a body: its bytes went by to be hashed. */
        HASH,
        /** The memory for recording was full: not even a hash could be taken. */
        LENGTH
    }

    /** The pieces in one run of bytes, for which the pieces are given up; null when there is no room for it. */
    @Nullable
    Bytes joined(Room room) {
        List<Bytes> pieces = rest.pieces();
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        if (!room.take(wireLength)) {
            return null;
        }
        byte[] all = new byte[Math.toIntExact(wireLength)];
        int end = 0;
        for (Bytes piece : pieces) {
            piece.copyTo(all, end);
            end += piece.length();
        }
        rest.close();
        return Bytes.wrap(all);
    }
}
