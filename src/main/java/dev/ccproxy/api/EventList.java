package dev.ccproxy.api;

import dev.ccproxy.api.form.EventPageForm;
import dev.ccproxy.api.form.StreamEventForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.sse.SseEvent;
import dev.ccproxy.sse.SseParser;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of a streamed answer, each with the time at which its last byte came. Holds one page in memory. */
final class EventList implements Endpoint.Handler {

    static final Whole LIMIT = new Whole(1, 1_000, 200);

    /** A cursor is the number of events before it. */
    static final Whole CURSOR = new Whole(0, Integer.MAX_VALUE, 0);

    private static final int LONGEST_EVENT_BYTES = 64 * 1024 * 1024;

    private final ExchangeReader reader;
    private final StoredBytes bodies;

    EventList(ExchangeReader reader, StoredBytes bodies) {
        this.reader = reader;
        this.bodies = bodies;
    }

    @Override
    public Answer answer(Call call) throws IOException, InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        int from = (int) CURSOR.of(call, "cursor");
        int limit = (int) LIMIT.of(call, "limit");
        Optional<StoredExchange> found = reader.find(id);
        if (found.isEmpty()) {
            return Problem.unknownExchange(id).answer();
        }
        return bodies.inTurn(() -> JsonForm.answer(200, page(found.get(), from, limit)));
    }

    private EventPageForm page(StoredExchange exchange, int from, int limit) throws IOException, InterruptedException {
        Optional<StoredBody> body = new RecordedBodies(reader, exchange).stream();
        if (body.isEmpty()) {
            return new EventPageForm(List.of(), null, false, EventPageForm.Times.NONE);
        }
        EventTimes times = new EventTimes(
                reader.arrivals(exchange.summary().id()), body.get().facts());
        Collector collector = new Collector(from, limit, times);
        SseParser parser = new SseParser(LONGEST_EVENT_BYTES, collector::take);
        body.get().source().sendTo(parser::feed);
        return collector.page();
    }

    /** Keeps the events of one page of all that pass. */
    private static final class Collector {
        private final int from;
        private final int limit;
        private final EventTimes times;
        private final List<StreamEventForm> items = new ArrayList<>();
        private int passed;

        Collector(int from, int limit, EventTimes times) {
            this.from = from;
            this.limit = limit;
            this.times = times;
        }

        void take(SseEvent event) {
            if (passed >= from && items.size() < limit) {
                items.add(new StreamEventForm(
                        times.millisOf(event), event.type(), event.data().utf8()));
            }
            passed++;
        }

        EventPageForm page() {
            int end = from + items.size();
            boolean more = passed > end && !items.isEmpty();
            @Nullable String next = more ? Integer.toString(end) : null;
            return new EventPageForm(items, next, more, times.trust());
        }
    }
}
