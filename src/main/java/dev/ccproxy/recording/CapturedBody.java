package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import java.util.List;

/**
 * A body as it left the event loop.
 *
 * @param rest what is still held of it: all, or what has not been hashed yet
 * @param extent how much of it could be kept
 */
record CapturedBody(BodyTap.Lump rest, long wireLength, Extent extent) {

    enum Extent {
        WHOLE,
        /** Over the limit for a body: its bytes went by to be hashed. */
        HASH,
        /** The memory for recording was full: not even a hash could be taken. */
        LENGTH
    }

    /** The pieces in one run of bytes. */
    Bytes joined() {
        List<Bytes> pieces = rest.pieces();
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        byte[] all = new byte[Math.toIntExact(wireLength)];
        int end = 0;
        for (Bytes piece : pieces) {
            piece.copyTo(all, end);
            end += piece.length();
        }
        return Bytes.wrap(all);
    }
}
