package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Redaction;

/** Watches an exchange that there was no memory for: its failure is logged all the same. On one event loop. */
final class UnrecordedExchange implements ExchangeObserver {

    private final Opened opened;
    private final Redaction redaction;
    private boolean headSent;
    private long requestBytes;

    UnrecordedExchange(Opened opened, Redaction redaction) {
        this.opened = opened;
        this.redaction = redaction;
    }

    @Override
    public void on(ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.RequestBytes piece ->
                requestBytes += piece.bytes().length();
            case ExchangeEvent.RequestEnded _, ExchangeEvent.ResponseBytes _ -> {}
            case ExchangeEvent.Rerouted _, ExchangeEvent.NotAnswered _, ExchangeEvent.UpstreamHead _ -> {}
            case ExchangeEvent.UpstreamBytes _, ExchangeEvent.NotCarried _ -> {}
            case ExchangeEvent.ResponseHead _ -> headSent = true;
            case ExchangeEvent.Ended ended -> {
                if (ForwardFailure.isOne(ended.outcome(), headSent)) {
                    ForwardFailure.of(opened, null, requestBytes, ended, redaction)
                            .log();
                }
            }
        }
    }
}
