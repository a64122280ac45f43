package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.ContentDecoding;
import dev.ccproxy.http.Decoded;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.BodyFacts.State;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the form in which it is kept, and what it says. A body that came encoded is kept decoded, with the arrival
 * times of the decoded bytes; one that was cut off in the middle, as far as it could be read; one that cannot be decoded,
 * as it came.
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

    /**
     * Takes {@code room} for what comes out of an encoding; without it, or where that would be longer than
     * {@code mostDecodedBytes}, the body is kept as it came.
     */
    static AnswerReading read(
            Bytes wire, Bytes sha256, Headers headers, ArrivalTimes arrivals, int mostDecodedBytes, Room room) {
        String encoding = encoding(headers);
        Body body = new Body(wire, sha256, encoding, headers, arrivals);
        ContentDecoding decoding =
                encoding == null || wire.isEmpty() ? null : decoding(headers, mostDecodedBytes, room);
        if (decoding == null || decoding.isIdentity()) {
            return body.kept(State.EXACT, wire, arrivals, body.said(wire));
        }
        PieceStream pieces = new PieceStream(wire, arrivals, decoding::decodedBytes);
        return switch (decoding.decode(pieces)) {
            case Decoded.Whole(Bytes bytes) -> body.decoded(bytes, pieces);
            case Decoded.Cut(Bytes bytes) when !bytes.isEmpty() -> body.decoded(bytes, pieces);
            case Decoded.Cut(Bytes bytes) -> body.raw(bytes);
            case Decoded.Corrupt(Bytes bytes) -> body.raw(bytes);
            case Decoded.TooLarge(long limitBytes) -> body.raw(Bytes.EMPTY);
            case Decoded.Unknown(String unknown) -> body.raw(Bytes.EMPTY);
        };
    }

    /** A body as it came, of which nothing is understood. */
    static AnswerReading unread(Bytes wire, Bytes sha256, Headers headers, ArrivalTimes arrivals) {
        String encoding = encoding(headers);
        return new Body(wire, sha256, encoding, headers, arrivals)
                .kept(encoding == null ? State.EXACT : State.RAW, wire, arrivals, Answered.NOTHING);
    }

    /** The header's first line, as it is kept; null where there is none. */
    static @Nullable String encoding(Headers headers) {
        return ShortText.identifier(headers.first("content-encoding").orElse(null));
    }

    /** Several lines of the header are one list. */
    private static ContentDecoding decoding(Headers headers, int mostDecodedBytes, Room room) {
        return new ContentDecoding(String.join(",", headers.all("content-encoding")), mostDecodedBytes, room);
    }

    /** What is the same however the body is kept. */
    private record Body(Bytes wire, Bytes sha256, @Nullable String encoding, Headers headers, ArrivalTimes arrivals) {

        AnswerReading kept(State state, Bytes content, ArrivalTimes times, Answered said) {
            return new AnswerReading(
                    new BodyFacts(wire.length(), sha256, encoding, state, content.length()), content, times, said);
        }

        AnswerReading decoded(Bytes bytes, PieceStream pieces) {
            return kept(State.DECODED, bytes, pieces.decodedArrivals(bytes.length()), said(bytes));
        }

        /** Where in the wire bytes the content began is not known. */
        AnswerReading raw(Bytes readable) {
            return kept(State.RAW, wire, arrivals, said(readable).withoutFirstContent());
        }

        Answered said(Bytes readable) {
            return Answered.read(readable, headers.first("content-type").orElse(""));
        }
    }
}
