package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import org.jspecify.annotations.Nullable;

/** What the write side of a store takes in: an exchange's beginning, its request, its end, in this order. */
public sealed interface StoreEvent {

    ExchangeId id();

    /** Heap bytes this event holds, about; counts against the recorder's memory budget until it is written. */
    long heldBytes();

    /**
     * The exchange exists; its outcome is {@code running} until {@link Ended} follows.
     *
     * @param target raw request target with query
     * @param headers redacted
     */
    record Begun(ExchangeSummary summary, String target, String clientAddress, Headers headers) implements StoreEvent {
        @Override
        public ExchangeId id() {
            return summary.id();
        }

        @Override
        public long heldBytes() {
            return 4096;
        }
    }

    /**
     * The request body is whole and understood.
     *
     * @param summary with the facts the body gave (kind, requested model, ...)
     * @param attemptGroup 16 hex digits shared by exchanges of one session, agent and body; null where there is no body
     * @param content what {@code body} says is held; null when dropped
     */
    record Request(
            ExchangeSummary summary,
            @Nullable String attemptGroup,
            BodyFacts body,
            @Nullable Bytes content) implements StoreEvent {
        @Override
        public ExchangeId id() {
            return summary.id();
        }

        @Override
        public long heldBytes() {
            return 2048L + (content == null ? 0 : content.length());
        }
    }

    /**
     * The exchange has ended.
     *
     * @param detail one sentence on how it ended; empty where there is nothing to add
     * @param headers of the answer, redacted; null when none was sent
     * @param requestId the upstream's {@code request-id}
     * @param messageId the message's {@code id}
     * @param content what {@code body} says is held; null when dropped
     */
    record Ended(
            ExchangeSummary summary,
            String detail,
            @Nullable Headers headers,
            @Nullable String requestId,
            @Nullable String messageId,
            BodyFacts body,
            @Nullable Bytes content,
            ArrivalTimes arrivals)
            implements StoreEvent {
        @Override
        public ExchangeId id() {
            return summary.id();
        }

        @Override
        public long heldBytes() {
            return 4096L + (content == null ? 0 : content.length()) + 16L * arrivals.size();
        }
    }
}
