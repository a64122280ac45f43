package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Fingerprint;
import dev.ccproxy.anthropic.ReadingMark;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the latest request of each thread may be read on from. A request belongs to the thread that its headers name; one
 * without these to the requests that begin with the same bytes: a mark that does not fit costs time, never truth. Safe for
 * all threads.
 */
final class MarkMemory {

    private static final int MOST_THREADS = 1_024;
    private static final int BEGINNING_BYTES = 512;

    private final Map<String, List<ReadingMark>> marks = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<ReadingMark>> eldest) {
            return size() > MOST_THREADS;
        }
    };

    synchronized List<ReadingMark> of(Headers headers, Bytes body) {
        return marks.getOrDefault(key(headers, body), List.of());
    }

    synchronized void remember(Headers headers, Bytes body, List<ReadingMark> latest) {
        if (!latest.isEmpty()) {
            marks.put(key(headers, body), latest);
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
