package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.session.SessionNews;
import org.jspecify.annotations.Nullable;

/** What the write side of a store takes in: an exchange's beginning, its request, its end, in this order. */
public sealed interface StoreEvent {

    /** Heap bytes, about, of an event with its summary, whose texts are short but for the path. */
    long SUMMARY_BYTES = 2_048;

    ExchangeId id();

    /** Heap bytes of the content that this event carries; counts against the recorder's memory budget. */
    default long contentBytes() {
        return 0;
    }

    /** Heap bytes of everything else in this event, about. */
    long factBytes();

    /** The same event with its body dropped. */
    default StoreEvent withoutContent() {
        return this;
    }

    /**
     * The exchange exists; its outcome is {@code running} until {@link Ended} follows.
     *
     * @param target raw request target with query
     * @param tokenName of the proxy's own token that was sent with it; null for none, or one without a name
     * @param headers redacted
     */
    record Begun(
            ExchangeSummary summary,
            String target,
            String clientAddress,
            @Nullable String tokenName,
            Headers headers) implements StoreEvent {
        @Override
        public ExchangeId id() {
            return summary.id();
        }

        @Override
        public long factBytes() {
            return SUMMARY_BYTES + summary.path().length() + target.length() + headers.heapBytes();
        }
    }

    /**
     * The request body is whole and understood.
     *
     * @param summary with the facts the body gave (kind, requested model, ...)
     * @param attemptGroup 16 hex digits shared by exchanges of one session, agent and body; null where there is no body
     * @param content what {@code body} says is held; null when dropped
     * @param news of its session
     */
    record Request(
            ExchangeSummary summary,
            @Nullable String attemptGroup,
            BodyFacts body,
            @Nullable Bytes content,
            SessionNews news)
            implements StoreEvent {
        @Override
        public ExchangeId id() {
            return summary.id();
        }

        @Override
        public long factBytes() {
            return SUMMARY_BYTES + summary.path().length();
        }

        @Override
        public long contentBytes() {
            return content == null ? 0 : content.length();
        }

        @Override
        public StoreEvent withoutContent() {
            return new Request(summary, attemptGroup, body.dropped(), null, news);
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
     * @param news of its session
     * @param upstream what went elsewhere and came back; null where the exchange went where the client sent it
     */
    record Ended(
            ExchangeSummary summary,
            String detail,
            @Nullable Headers headers,
            @Nullable String requestId,
            @Nullable String messageId,
            BodyFacts body,
            @Nullable Bytes content,
            ArrivalTimes arrivals,
            SessionNews news,
            @Nullable UpstreamLegs upstream)
            implements StoreEvent {

        /** Of an exchange that went where the client sent it. */
        public Ended(
                ExchangeSummary summary,
                String detail,
                @Nullable Headers headers,
                @Nullable String requestId,
                @Nullable String messageId,
                BodyFacts body,
                @Nullable Bytes content,
                ArrivalTimes arrivals,
                SessionNews news) {
            this(summary, detail, headers, requestId, messageId, body, content, arrivals, news, null);
        }

        @Override
        public ExchangeId id() {
            return summary.id();
        }

        @Override
        public long factBytes() {
            return SUMMARY_BYTES
                    + summary.path().length()
                    + (headers == null ? 0 : headers.heapBytes())
                    + (upstream == null ? 0 : upstream.headerBytes())
                    + 16L * arrivals.size();
        }

        @Override
        public long contentBytes() {
            return (content == null ? 0 : content.length()) + (upstream == null ? 0 : upstream.contentBytes());
        }

        @Override
        public StoreEvent withoutContent() {
            UpstreamLegs legs = upstream == null ? null : upstream.withoutContent();
            return new Ended(
                    summary, detail, headers, requestId, messageId, body.dropped(), null, arrivals, news, legs);
        }
    }
}
