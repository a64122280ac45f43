package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.BodyFacts.State;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the form in which it is kept, and what it says.
 *
 * @param content null where nothing is kept
 */
record AnswerReading(BodyFacts facts, @Nullable Bytes content, ArrivalTimes arrivals, Answered answered) {

    /** A body of which only the length, and perhaps the hash, is known. */
    static AnswerReading dropped(
            long wireLength, @Nullable Bytes sha256, @Nullable String encoding, ArrivalTimes arrivals) {
        return new AnswerReading(
                new BodyFacts(wireLength, sha256, encoding, State.DROPPED, 0), null, arrivals, Answered.NOTHING);
    }

    static AnswerReading read(Bytes wire, Bytes sha256, Headers headers, ArrivalTimes arrivals) {
        String encoding = headers.first("content-encoding").orElse(null);
        State state = encoding == null ? State.EXACT : State.RAW;
        return new AnswerReading(
                new BodyFacts(wire.length(), sha256, encoding, state, wire.length()), wire, arrivals, Answered.NOTHING);
    }
}
