package dev.ccproxy.proxy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The pieces that one turn of the event loop has read. */
final class Turn {

    private final List<Buffer> pieces = new ArrayList<>(4);

    void add(Buffer piece) {
        pieces.add(piece);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Everything added since the last time, as one; a single piece is not copied. */
    Buffer take() {
        Buffer all = switch (pieces.size()) {
            case 0 -> Buffer.buffer();
            case 1 -> pieces.getFirst();
            default -> joined();
        };
        pieces.clear();
        return all;
    }

    private Buffer joined() {
        int length = 0;
        for (Buffer piece : pieces) {
            length += piece.length();
        }
        Buffer all = Buffer.buffer(length);
        pieces.forEach(all::appendBuffer);
        return all;
    }
}
