package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.storage.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * The half of a recording that stands on the event loop: it collects, and hands over when the request is whole and when
 * the exchange has ended.
 */
final class ExchangeTap implements ExchangeObserver {

    private final Opened opened;
    private final ExchangeRecording recording;
    private final Runnable requestHandedOver;
    private final BodyTap request;
    private final BodyTap response;
    private final ArrivalLog arrivals;
    private ExchangeEvent.@Nullable ResponseHead head;
    private boolean requestDone;

    ExchangeTap(
            Opened opened,
            ExchangeRecording recording,
            long maxBodyBytes,
            MemoryBudget budget,
            Runnable requestHandedOver) {
        this.opened = opened;
        this.recording = recording;
        this.requestHandedOver = requestHandedOver;
        this.request = new BodyTap(maxBodyBytes, budget, recording::hashRequest);
        this.response = new BodyTap(maxBodyBytes, budget, recording::hashResponse);
        this.arrivals = new ArrivalLog(budget);
    }

    @Override
    public void on(ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.RequestBytes piece -> {
                if (!requestDone) {
                    request.add(piece.bytes());
                }
            }
            case ExchangeEvent.RequestEnded _ -> handOverRequest();
            case ExchangeEvent.ResponseHead answer -> head = answer;
            case ExchangeEvent.ResponseBytes piece -> {
                response.add(piece.bytes());
                arrivals.add(response.wireLength(), (piece.nanos() - opened.nanos()) / 1_000);
            }
            case ExchangeEvent.Ended ended -> {
                handOverRequest();
                recording.end(new CapturedEnd(ended, head, response.finish(), arrivals.finish()));
            }
        }
    }

    private void handOverRequest() {
        if (!requestDone) {
            requestDone = true;
            requestHandedOver.run();
            recording.request(request.finish());
        }
    }
}
