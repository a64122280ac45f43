package dev.ccproxy.agents;

import dev.ccproxy.anthropic.MessageFacts;
import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.ContentDecoding;
import dev.ccproxy.http.Decoded;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer that may call agents, read as far as it has come. Safe for all threads. */
final class CallingAnswer {

    private static final int MOST_BYTES = 16 << 20;

    private final List<Bytes> pieces = new ArrayList<>();
    private Headers headers = Headers.EMPTY;
    private long length;
    private boolean dropped;
    private long readLength = -1;
    private List<ToolCall.Errand> errands = List.of();

    synchronized void head(Headers head) {
        headers = head;
    }

    /** How many bytes more are held now. */
    synchronized long add(Bytes piece) {
        if (dropped || length + piece.length() > MOST_BYTES) {
            return -drop();
        }
        pieces.add(piece);
        length += piece.length();
        return piece.length();
    }

    /** Gives up the bytes; how many there were. */
    synchronized long drop() {
        errands();
        long held = length;
        pieces.clear();
        length = 0;
        readLength = 0;
        dropped = true;
        return held;
    }

    /** What agents were asked to do in what has come so far. */
    synchronized List<ToolCall.Errand> errands() {
        if (!dropped && readLength != length) {
            readLength = length;
            errands = read();
        }
        return errands;
    }

    private List<ToolCall.Errand> read() {
        Bytes body = decoded();
        boolean stream = headers.first("content-type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        MessageFacts facts = stream ? MessageFacts.ofStream(body, MOST_BYTES) : MessageFacts.ofJson(body);
        return facts.calls().stream()
                .flatMap(call -> Optional.ofNullable(call.errand()).stream())
                .toList();
    }

    private Bytes decoded() {
        byte[] all = new byte[Math.toIntExact(length)];
        int end = 0;
        for (Bytes piece : pieces) {
            piece.copyTo(all, end);
            end += piece.length();
        }
        String encoding = String.join(",", headers.all("content-encoding"));
        if (encoding.isEmpty()) {
            return Bytes.wrap(all);
        }
        return switch (ContentDecoding.decode(encoding, Bytes.wrap(all), MOST_BYTES, new ReadingRoom())) {
            case Decoded.Whole(Bytes bytes) -> bytes;
            case Decoded.Cut(Bytes bytes) -> bytes;
            case Decoded.Corrupt _, Decoded.TooLarge _, Decoded.Unknown _ -> Bytes.EMPTY;
        };
    }

    /** Memory for one reading: a few times what a decoded answer may have. */
    private static final class ReadingRoom implements Room {
        private long left = 4L * MOST_BYTES;

        @Override
        public boolean take(long bytes) {
            boolean enough = bytes <= left;
            left -= enough ? bytes : 0;
            return enough;
        }

        @Override
        public void giveBack(long bytes) {
            left += bytes;
        }
    }
}
