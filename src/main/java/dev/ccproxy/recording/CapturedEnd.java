package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.storage.ArrivalTimes;
import org.jspecify.annotations.Nullable;

/**
 * The end of an exchange as it left the event loop.
 *
 * @param head null when the client was sent none
 * @param rerouting what went elsewhere; null where nothing did
 */
record CapturedEnd(
        ExchangeEvent.Ended ended,
        ExchangeEvent.@Nullable ResponseHead head,
        CapturedBody body,
        ArrivalTimes arrivals,
        @Nullable ReroutingTap rerouting) {}
