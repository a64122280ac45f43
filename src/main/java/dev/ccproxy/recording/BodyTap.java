package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects one body as it passes. Small pieces are copied together, large ones kept by reference. A body over the limit
 * is handed on in lumps, only to be hashed; when the memory for recording is full, only its length is kept. On one event
 * loop; never waits.
 */
final class BodyTap {

    /** Pieces below this are copied: their objects would outweigh them. */
    private static final int SMALL_BYTES = 2_048;

    private static final int FIRST_SEGMENT_BYTES = 1_024;
    private static final int SEGMENT_BYTES = 8_192;
    private static final int LUMP_BYTES = 256 << 10;

    private enum Mode {
        KEEP,
        HASH_ONLY,
        LENGTH_ONLY
    }

    private final long maxBytes;
    private final MemoryBudget budget;
    private final Consumer<Lump> toHash;

    private Mode mode = Mode.KEEP;
    private long wireLength;
    private HeldMemory held;
    private List<Bytes> pieces = new ArrayList<>(4);
    private byte[] segment = new byte[0];
    private int segmentStart;
    private int segmentEnd;

    /** Starts with nothing; {@code toHash} gets what is over the limit, in order. */
    BodyTap(long maxBytes, MemoryBudget budget, Consumer<Lump> toHash) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.held = new HeldMemory(budget);
        this.toHash = toHash;
    }

    void add(Bytes piece) {
        wireLength += piece.length();
        if (mode == Mode.LENGTH_ONLY || piece.isEmpty()) {
            return;
        }
        if (!append(piece)) {
            giveUp();
            return;
        }
        if (mode == Mode.KEEP && wireLength > maxBytes) {
            mode = Mode.HASH_ONLY;
        }
        if (mode == Mode.HASH_ONLY && held.bytes() >= LUMP_BYTES) {
            toHash.accept(take());
        }
    }

    long wireLength() {
        return wireLength;
    }

    /** What was collected; the tap is empty afterwards. */
    CapturedBody finish() {
        CapturedBody.Extent extent = switch (mode) {
            case KEEP -> CapturedBody.Extent.WHOLE;
            case HASH_ONLY -> CapturedBody.Extent.HASH;
            case LENGTH_ONLY -> CapturedBody.Extent.LENGTH;
        };
        return new CapturedBody(take(), wireLength, extent);
    }

    private void giveUp() {
        mode = Mode.LENGTH_ONLY;
        take().close();
    }

    /** False when there is no memory for it. What is held is charged for the arrays, not for the bytes in use. */
    private boolean append(Bytes piece) {
        int arrayBytes = piece.array().length;
        // A small view of a large array would hold much more than it is worth.
        if (piece.length() >= SMALL_BYTES && arrayBytes <= 2 * piece.length()) {
            if (!held.take(arrayBytes)) {
                return false;
            }
            closeSegment();
            pieces.add(piece);
            return true;
        }
        if (segment.length - segmentEnd < piece.length() && !beginSegment(piece.length())) {
            return false;
        }
        piece.copyTo(segment, segmentEnd);
        segmentEnd += piece.length();
        return true;
    }

    private boolean beginSegment(int leastBytes) {
        int usual = held.bytes() < SEGMENT_BYTES ? FIRST_SEGMENT_BYTES : SEGMENT_BYTES;
        int bytes = Math.max(usual, leastBytes);
        if (!held.take(bytes)) {
            return false;
        }
        closeSegment();
        segment = new byte[bytes];
        segmentStart = 0;
        segmentEnd = 0;
        return true;
    }

    /** Turns what the segment gained into a piece; its free rest stays in use. */
    private void closeSegment() {
        if (segmentEnd > segmentStart) {
            pieces.add(Bytes.wrap(segment, segmentStart, segmentEnd - segmentStart));
            segmentStart = segmentEnd;
        }
    }

    private Lump take() {
        closeSegment();
        Lump lump = new Lump(pieces, held);
        pieces = new ArrayList<>(4);
        segment = new byte[0];
        segmentStart = 0;
        segmentEnd = 0;
        held = new HeldMemory(budget);
        return lump;
    }
}
