package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeEvent.ResponseHead;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.FailedAttempt;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.MemoryBudget.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The half of a recording that stands on the event loop: it collects, and hands over when the request is whole and when
 * the exchange has ended.
 */
final class ExchangeTap implements ExchangeObserver {

    private final Opened opened;
    private final ExchangeRecording recording;
    private final HeldMemory facts;
    private final Runnable requestHandedOver;
    private final BodyTap request;
    private final BodyTap response;
    private final ArrivalLog arrivals;
    private final long maxBodyBytes;
    private final MemoryBudget budget;
    private final List<FailedAttempt> failedAttempts = new ArrayList<>(0);
    private @Nullable ReroutingTap rerouting;
    private @Nullable ResponseHead head;
    private boolean requestDone;

    /** Adds to {@code facts} what is to be known of the answer beside its body. */
    ExchangeTap(
            Opened opened,
            ExchangeRecording recording,
            long maxBodyBytes,
            MemoryBudget budget,
            HeldMemory facts,
            Runnable requestHandedOver) {
        this.opened = opened;
        this.recording = recording;
        this.maxBodyBytes = maxBodyBytes;
        this.budget = budget;
        this.facts = facts;
        this.requestHandedOver = requestHandedOver;
        this.request = new BodyTap(maxBodyBytes, budget, recording::hashRequest);
        this.response = new BodyTap(maxBodyBytes, budget, recording::hashResponse);
        this.arrivals = new ArrivalLog(facts);
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
            case ExchangeEvent.Rerouted sent -> reroute(sent);
            case ExchangeEvent.NotAnswered(FailedAttempt attempt, long _) -> failedAttempts.add(attempt);
            case ExchangeEvent.UpstreamHead upstream -> ifRerouted(tap -> tap.head(upstream));
            case ExchangeEvent.UpstreamBytes piece -> ifRerouted(tap -> tap.add(piece.bytes()));
            case ExchangeEvent.NotCarried(List<String> losses, long _) -> ifRerouted(tap -> tap.losses(losses));
            case ResponseHead answer -> head = kept(answer);
            case ExchangeEvent.ResponseBytes piece -> {
                response.add(piece.bytes());
                arrivals.add(response.wireLength(), (piece.nanos() - opened.nanos()) / 1_000);
            }
            case ExchangeEvent.Ended ended -> {
                handOverRequest();
                recording.end(new CapturedEnd(ended, head, response.finish(), arrivals.finish(), rerouting()), facts);
            }
        }
    }

    private void reroute(ExchangeEvent.Rerouted sent) {
        ifRerouted(before -> before.finish(List.of()).close());
        rerouting = new ReroutingTap(sent, maxBodyBytes, budget);
    }

    private void ifRerouted(Consumer<ReroutingTap> then) {
        if (rerouting != null) {
            then.accept(rerouting);
        }
    }

    private @Nullable ReroutingTap rerouting() {
        return rerouting == null ? null : rerouting.finish(failedAttempts);
    }

    /** With its lines, unless the memory is full to the brim. */
    private ResponseHead kept(ResponseHead answer) {
        if (facts.take(answer.headers().heapBytes(), Claim.END)) {
            return answer;
        }
        recording.headersDropped();
        return new ResponseHead(answer.status(), Headers.EMPTY, answer.own(), answer.nanos());
    }

    private void handOverRequest() {
        if (!requestDone) {
            requestDone = true;
            requestHandedOver.run();
            recording.request(request.finish());
        }
    }
}
