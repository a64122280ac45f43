package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Fingerprint;
import dev.ccproxy.anthropic.ReadingMark;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.List;

/**
 * Where the latest request of each thread may be read on from. A request belongs to the thread that its headers name; one
 * without these to the requests that begin with the same bytes: a mark that does not fit costs time, never truth. Safe for
 * all threads.
 */
final class MarkMemory {

    private static final int BEGINNING_BYTES = 512;

    private final RecentEntries<String, List<ReadingMark>> marks;

    /** Holds up to {@code mostBytes} of heap, about: a few kilobytes a thread, more for long conversations. */
    MarkMemory(long mostBytes) {
        marks = new RecentEntries<>(mostBytes);
    }

    synchronized List<ReadingMark> of(Headers headers, Bytes body) {
        List<ReadingMark> known = marks.get(key(headers, body));
        return known == null ? List.of() : known;
    }

    synchronized void remember(Headers headers, Bytes body, List<ReadingMark> latest) {
        if (!latest.isEmpty()) {
            String key = key(headers, body);
            long bytes = latest.stream().mapToLong(ReadingMark::heapBytes).sum();
            marks.put(key, latest, key.length() + bytes);
        }
    }

    private static String key(Headers headers, Bytes body) {
        return headers.first(RequestReading.SESSION)
                .map(session ->
                        session + ' ' + headers.first(RequestReading.AGENT).orElse(""))
                .orElseGet(() ->
                        Long.toHexString(Fingerprint.of(body.slice(0, Math.min(BEGINNING_BYTES, body.length())))));
    }
}
