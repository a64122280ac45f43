package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.ArrivalTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an exchange says and what follows from it. Where that fails, the exchange is kept without it: a bug in reading costs
 * what was to be read, never the bytes. For the worker thread of the exchange.
 */
final class Understanding {

    private static final Logger LOG = LoggerFactory.getLogger(Understanding.class);

    private final Opened opened;
    private final Derivation derivation;

    Understanding(Opened opened, Derivation derivation) {
        this.opened = opened;
        this.derivation = derivation;
    }

    /** A request that cannot be understood is kept all the same. */
    Asked request(@Nullable Bytes content, Room room) {
        try {
            return RequestReading.read(opened, content, derivation.marks(opened.headers()), room);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} the request was not understood", opened.id(), bug);
            return RequestReading.read(opened, null, List.of(), Room.NONE);
        }
    }

    /** An answer that cannot be understood is kept all the same. */
    AnswerReading answer(Bytes wire, Bytes sha256, Headers headers, ArrivalTimes arrivals, Room room) {
        try {
            return AnswerReading.read(wire, sha256, headers, arrivals, room);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} the answer was not understood", opened.id(), bug);
            return AnswerReading.unread(wire, sha256, headers, arrivals);
        }
    }

    /** What cannot be worked out is left out. */
    Derivation.AskedFindings asked(ExchangeSummary plain, Asked said, @Nullable String body) {
        try {
            return derivation.asked(plain, said, body);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} nothing was worked out of its request", opened.id(), bug);
            return new Derivation.AskedFindings(Findings.NONE, body, SessionNews.NONE);
        }
    }

    /** What cannot be worked out is left out. */
    Derivation.EndedFindings ended(
            ExchangeSummary ended, @Nullable Asked said, @Nullable String body, Answered answered) {
        try {
            return derivation.ended(ended, said, body, answered);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} nothing was worked out of its end", opened.id(), bug);
            return new Derivation.EndedFindings(ended.findings(), SessionNews.NONE);
        }
    }
}
