package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.segment.Varints;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Arrival times as varint deltas: bytes since the piece before, microseconds since the piece before. */
final class ArrivalCodec {

    private ArrivalCodec() {}

    static byte[] encode(ArrivalTimes arrivals) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(arrivals.size() * 4);
        long end = 0;
        long micros = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            Varints.write(out, arrivals.end(i) - end);
            Varints.write(out, Math.max(0, arrivals.micros(i) - micros));
            end = arrivals.end(i);
            micros = Math.max(micros, arrivals.micros(i));
        }
        return out.toByteArray();
    }

    static ArrivalTimes decode(byte[] encoded) {
        Varints.Reader reader = new Varints.Reader(encoded);
        long[] ends = new long[16];
        long[] micros = new long[16];
        int size = 0;
        while (!reader.atEnd()) {
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, size * 2);
                micros = Arrays.copyOf(micros, size * 2);
            }
            ends[size] = (size == 0 ? 0 : ends[size - 1]) + reader.next();
            micros[size] = (size == 0 ? 0 : micros[size - 1]) + reader.next();
            size++;
        }
        return ArrivalTimes.of(ends, micros, size);
    }
}
