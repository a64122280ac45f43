package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.ArrivalTimes;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * An answer's bytes as they came, one piece at a time, to a decoder. Notes how much the decoder had given out each time
 * it came back for more: that is how far the answer could be read when the next piece had not come yet. For one thread.
 */
final class PieceStream extends InputStream {

    private final Bytes content;
    private final ArrivalTimes arrivals;
    private final LongSupplier decodedBytes;
    private final long[] decodedEnds;
    private int piece;
    private int position;

    /** Reads {@code content}, which {@code arrivals} cuts into pieces; {@code decodedBytes} is asked in between. */
    PieceStream(Bytes content, ArrivalTimes arrivals, LongSupplier decodedBytes) {
        this.content = content;
        this.arrivals = arrivals;
        this.decodedBytes = decodedBytes;
        this.decodedEnds = new long[arrivals.size()];
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        while (piece < arrivals.size() && position >= arrivals.end(piece)) {
            decodedEnds[piece++] = decodedBytes.getAsLong();
        }
        int end = piece < arrivals.size() ? (int) arrivals.end(piece) : content.length();
        int count = Math.min(length, end - position);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        content.slice(position, position + count).copyTo(target, offset);
        position += count;
        return count;
    }

    /** The arrival times with offsets in the decoded bytes, of which there are {@code decodedLength}. */
    ArrivalTimes decodedArrivals(long decodedLength) {
        Arrays.fill(decodedEnds, piece, decodedEnds.length, decodedLength);
        long[] micros = new long[decodedEnds.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = arrivals.micros(i);
        }
        return ArrivalTimes.of(decodedEnds, micros);
    }
}
