package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.storage.ArrivalTimes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is understood of one exchange. What cannot be understood is kept all the same, and what cannot be worked out is left
 * out: a bug in what reads costs the meaning of an exchange, never its record.
 */
final class Understanding {

    private static final Logger LOG = LoggerFactory.getLogger(Understanding.class);

    private final Opened opened;
    private final Derivation derivation;

    Understanding(Opened opened, Derivation derivation) {
        this.opened = opened;
        this.derivation = derivation;
    }

    /** What its headers say. */
    Asked head() {
        return derivation.read(opened, null, Room.NONE);
    }

    Asked request(@Nullable Bytes content, Room room) {
        try {
            return derivation.named(opened.id(), derivation.read(opened, content, room));
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} the request was not understood", opened.id(), bug);
            return head();
        }
    }

    AnswerReading answer(
            Bytes wire, Bytes sha256, Headers headers, ArrivalTimes arrivals, int mostDecodedBytes, Room room) {
        try {
            return AnswerReading.read(wire, sha256, headers, arrivals, mostDecodedBytes, room);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} the answer was not understood", opened.id(), bug);
            return AnswerReading.unread(wire, sha256, headers, arrivals);
        }
    }

    /** {@code body} tells bodies of its thread apart. */
    Derivation.AskedFindings asked(ExchangeSummary plain, Asked said, @Nullable String body) {
        try {
            return derivation.asked(plain, said, body);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} nothing was worked out of its request", opened.id(), bug);
            return new Derivation.AskedFindings(Findings.NONE, body, SessionNews.NONE);
        }
    }

    Derivation.EndedFindings ended(
            ExchangeSummary ended, @Nullable Asked asked, @Nullable String body, Answered answered) {
        try {
            return derivation.ended(ended, asked, body, answered);
        } catch (RuntimeException bug) {
            LOG.error("exchangeId={} nothing was worked out of its end", opened.id(), bug);
            return new Derivation.EndedFindings(ended.findings(), SessionNews.NONE);
        }
    }
}
