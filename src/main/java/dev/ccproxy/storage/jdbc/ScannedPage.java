package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.query.Query;
import dev.ccproxy.search.AnswerText;
import dev.ccproxy.search.Needles;
import dev.ccproxy.search.Place;
import dev.ccproxy.search.Places;
import dev.ccproxy.storage.SearchHit;
import dev.ccproxy.storage.SearchHit.Side;
import dev.ccproxy.storage.SearchPage;
import dev.ccproxy.storage.jdbc.BlobsBackward.Blob;
import dev.ccproxy.storage.segment.Pack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One page of a scan while it is being found. For one thread. */
final class ScannedPage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScannedPage.class);

    /** A larger answer, decoded, is passed over. */
    private static final int MOST_ANSWER_BYTES = 64 << 20;

    private final Recorded recorded;
    private final Query query;
    private final Needles needles;
    private final BlobsBackward packs;
    private final BlobsBackward answers;
    private final Decompressor decompressor;
    private final List<SearchHit> hits = new ArrayList<>();

    ScannedPage(Recorded recorded, Query query, Needles needles, ScanCursor position) {
        this.recorded = recorded;
        this.query = query;
        this.needles = needles;
        this.packs = recorded.packs(query, position.pack());
        this.answers = recorded.answers(query, position.answer());
        this.decompressor = recorded.decompressor();
    }

    SearchPage read(int limit, long untilNanos) {
        boolean movedOn = false;
        while (hits.size() < limit && !(movedOn && System.nanoTime() - untilNanos >= 0)) {
            if (!packs.ready()) {
                packs.readOn();
                movedOn |= !packs.ready();
            } else if (!answers.ready()) {
                answers.readOn();
                movedOn |= !answers.ready();
            } else if (packs.peek() == null && answers.peek() == null) {
                return new SearchPage(hits, null);
            } else {
                next();
                movedOn = true;
            }
        }
        return new SearchPage(hits, new ScanCursor(packs.position(), answers.position()).text());
    }

    /** Looks at whichever belongs to the newer exchange. */
    private void next() {
        Blob pack = packs.peek();
        Blob answer = answers.peek();
        if (pack != null && (answer == null || pack.exchangeRow() >= answer.exchangeRow())) {
            packs.take();
            lookAt(pack, Side.REQUEST);
        } else if (answer != null) {
            answers.take();
            lookAt(answer, Side.RESPONSE);
        }
    }

    private void lookAt(Blob blob, Side side) {
        try {
            SearchHit hit = switch (side) {
                case REQUEST -> inRequest(blob);
                case RESPONSE -> inAnswer(blob);
            };
            if (hit != null) {
                hits.add(hit);
            }
        } catch (IllegalArgumentException damaged) {
            // Reading that exchange says so; the others must be found all the same.
            LOG.warn("search=passed-over side={} row={} problem=\"{}\"", side, blob.id(), damaged.getMessage());
        }
    }

    private @Nullable SearchHit inRequest(Blob blob) {
        Pack pack = Pack.decode(decompressor.decompress(blob.data().array(), PackCache.MOST_DECODED_BYTES));
        Bytes brought = pack.segments(0, pack.size());
        if (!needles.fit(brought)) {
            return null;
        }
        RequestText request = recorded.requestWith(blob.id(), blob.exchangeRow(), query);
        if (request == null) {
            return null;
        }
        List<JsonSpan> regions = request.regionsOf(blob.id());
        List<Place> places = Places.in(request.body(), regions, needles);
        return places.isEmpty() ? null : new SearchHit(request.exchange(), Side.REQUEST, places);
    }

    private @Nullable SearchHit inAnswer(Blob blob) {
        List<Place> places =
                placesIn(Bytes.wrap(decompressor.decompress(blob.data().array(), MOST_ANSWER_BYTES)));
        ExchangeSummary exchange = places.isEmpty() ? null : recorded.summary(blob.exchangeRow(), query);
        return exchange == null ? null : new SearchHit(exchange, Side.RESPONSE, places);
    }

    private List<Place> placesIn(Bytes answer) {
        if (AnswerText.isStream(answer)) {
            List<AnswerText.Part> parts = AnswerText.of(answer);
            return needles.fit(parts) ? Places.in(parts, needles) : List.of();
        }
        return needles.fit(answer) ? Places.in(answer, List.of(new JsonSpan(0, answer.length())), needles) : List.of();
    }

    @Override
    public void close() {
        decompressor.close();
    }
}
