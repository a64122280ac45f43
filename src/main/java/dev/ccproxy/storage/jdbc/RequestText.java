package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.storage.segment.Pack;
import dev.ccproxy.storage.segment.SegmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request's body, whole, and which parts of it are whose. Immutable. */
final class RequestText {

    private final ExchangeSummary exchange;
    private final Bytes body;

    /** Of its segments. */
    private final long[] ids;

    /** Behind the last byte of each segment. */
    private final int[] ends;

    private RequestText(ExchangeSummary exchange, Bytes body, long[] ids, int[] ends) {
        this.exchange = exchange;
        this.body = body;
        this.ids = ids;
        this.ends = ends;
    }

    /**
     * Puts a body together.
     *
     * @throws IllegalArgumentException when a segment is damaged or missing
     */
    static RequestText of(ExchangeSummary exchange, long[] ids, int length, PackCache packs) {
        byte[] body = new byte[length];
        int[] ends = new int[ids.length];
        Map<Long, Pack> window = Map.of();
        int end = 0;
        for (int i = 0; i < ids.length; i++) {
            Pack pack = window.get(SegmentId.pack(ids[i]));
            if (pack == null) {
                window = packs.window(ids, i);
                pack = window.get(SegmentId.pack(ids[i]));
            }
            if (pack == null) {
                throw new IllegalArgumentException("a segment is missing");
            }
            Bytes segment = pack.segment(SegmentId.slot(ids[i]));
            if (segment.length() > length - end) {
                throw new IllegalArgumentException("the segments are longer than the body");
            }
            segment.copyTo(body, end);
            end += segment.length();
            ends[i] = end;
        }
        return new RequestText(exchange, Bytes.wrap(body, 0, end), ids, ends);
    }

    ExchangeSummary exchange() {
        return exchange;
    }

    Bytes body() {
        return body;
    }

    /** Where segments of that pack stand; neighbours joined. */
    List<JsonSpan> regionsOf(long pack) {
        List<JsonSpan> regions = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            int first = i;
            while (i < ids.length && SegmentId.pack(ids[i]) == pack) {
                i++;
            }
            if (i > first) {
                regions.add(new JsonSpan(first == 0 ? 0 : ends[first - 1], ends[i - 1]));
            }
        }
        return regions;
    }
}
