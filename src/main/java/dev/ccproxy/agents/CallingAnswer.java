package dev.ccproxy.agents;

import dev.ccproxy.anthropic.FoldedMessage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.ContentDecoding;
import dev.ccproxy.http.Decoded;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** An answer that may call agents, read as far as it has come. Safe for all threads. */
final class CallingAnswer {

    private static final int MOST_BYTES = 16 << 20;

    /** Today's name of the tool, and the one it had before. */
    private static final Set<String> TOOLS = Set.of("Agent", "Task");

    private final Json json = new Json();
    private final List<Bytes> pieces = new ArrayList<>();
    private Headers headers = Headers.EMPTY;
    private long length;
    private boolean dropped;
    private long readLength = -1;
    private List<AgentCall> calls = List.of();

    /** A call of an agent by another. */
    record AgentCall(String agent, String prompt) {}

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
        calls();
        long held = length;
        pieces.clear();
        length = 0;
        readLength = 0;
        dropped = true;
        return held;
    }

    /** The calls in what has come so far. */
    synchronized List<AgentCall> calls() {
        if (!dropped && readLength != length) {
            readLength = length;
            calls = read();
        }
        return calls;
    }

    private List<AgentCall> read() {
        Bytes body = decoded();
        boolean stream = headers.first("content-type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        FoldedMessage message = stream
                ? FoldedMessage.ofStream(json, body, MOST_BYTES)
                : json.tree(body).map(FoldedMessage::ofJson).orElse(null);
        List<AgentCall> found = new ArrayList<>();
        if (message != null && message.message() != null) {
            for (JsonNode block : message.message().path("content")) {
                String agent = block.path("input").path("subagent_type").asString("");
                String prompt = block.path("input").path("prompt").asString("");
                boolean calls = TOOLS.contains(block.path("name").asString(""));
                if (calls && !agent.isEmpty() && !prompt.isBlank()) {
                    found.add(new AgentCall(agent, prompt));
                }
            }
        }
        return found;
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
