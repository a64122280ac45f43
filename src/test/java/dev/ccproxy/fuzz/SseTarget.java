package dev.ccproxy.fuzz;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.sse.SseEvent;
import dev.ccproxy.sse.SseParser;
import java.util.ArrayList;
import java.util.List;

/** Any bytes are the same events, however they come. */
public final class SseTarget {

    private static final int MOST_EVENT_BYTES = 100;

    private SseTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<SseEvent> whole = new ArrayList<>();
        new SseParser(MOST_EVENT_BYTES, whole::add).feed(Bytes.wrap(input));
        List<SseEvent> byByte = new ArrayList<>();
        SseParser slow = new SseParser(MOST_EVENT_BYTES, byByte::add);
        for (int i = 0; i < input.length; i++) {
            slow.feed(Bytes.wrap(input, i, 1));
        }
        if (!byByte.equals(whole)) {
            throw new AssertionError(whole + " came byte by byte as " + byByte);
        }
    }
}
