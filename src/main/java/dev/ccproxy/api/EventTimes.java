package dev.ccproxy.api;

import dev.ccproxy.api.form.EventPageForm.Times;
import dev.ccproxy.sse.SseEvent;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import org.jspecify.annotations.Nullable;

/**
 * When the events of a stream came, from the times of the pieces they came in. Pieces are counted in bytes on the wire:
 * where the stream was compressed there, an event's place on the wire is estimated by its share of the whole.
 */
final class EventTimes {

    private final ArrivalTimes arrivals;
    private final Times trust;
    private final double wireBytesPerByte;

    EventTimes(ArrivalTimes arrivals, BodyFacts facts) {
        boolean asOnTheWire = facts.state() == BodyFacts.State.EXACT;
        this.arrivals = arrivals;
        this.trust = arrivals.size() == 0 ? Times.NONE : asOnTheWire ? Times.EXACT : Times.APPROXIMATE;
        this.wireBytesPerByte = asOnTheWire ? 1 : (double) facts.wireLength() / Math.max(1, facts.storedLength());
    }

    Times trust() {
        return trust;
    }

    /** Since the exchange began; null where no times were recorded. */
    @Nullable
    Double millisOf(SseEvent event) {
        if (arrivals.size() == 0) {
            return null;
        }
        long wireOffset = (long) Math.ceil(event.endOffset() * wireBytesPerByte);
        return arrivals.micros(pieceWith(wireOffset)) / 1_000.0;
    }

    /** The first piece that ends at or behind the offset, else the last. */
    private int pieceWith(long wireOffset) {
        int low = 0;
        int high = arrivals.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (arrivals.end(middle) >= wireOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
