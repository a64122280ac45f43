package dev.ccproxy.storage.segment;

import dev.ccproxy.http.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies of one growing conversation in the client's form: everything again each turn, the cache marker moving along. */
public final class SampleConversation {

    private static final String[] WORDS = {
        "the",
        "file",
        "reads",
        "a",
        "line",
        "and",
        "returns",
        "its",
        "value",
        "when",
        "caller",
        "asks",
        "for",
        "it",
        "class",
        "static",
        "method",
        "test",
        "fails",
        "because",
        "order",
        "changed",
        "between",
        "two",
        "versions",
        "\\\"quoted\\\"",
        "caf\u00e9",
        "\\\\path",
        "\\tindent",
        "100",
        "x = y;",
        "if (a < b) {",
        "}",
        "return null;"
    };

    private final Random random;
    private final String tools;
    private final String system;
    private final List<String> messages = new ArrayList<>();
    private int turn;

    public SampleConversation(long seed) {
        this.random = new Random(seed);
        this.system = "{\"type\":\"text\",\"text\":\"" + text(7_000) + "\"}";
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            all.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"Tool")
                    .append(i)
                    .append("\",\"description\":\"")
                    .append(text(2_500))
                    .append("\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}");
        }
        this.tools = all.toString();
        messages.add(user("{\"type\":\"text\",\"text\":\"" + text(300)));
    }

    /** The next request: what was said before, an answer with a tool call, and its result. */
    public Bytes next() {
        turn++;
        if (turn > 1) {
            messages.add("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"" + text(200)
                    + "\"},{\"type\":\"tool_use\",\"id\":\"toolu_" + turn
                    + "\",\"name\":\"Read\",\"input\":{\"path\":\"/src/"
                    + turn + "\"}}]}");
            messages.add(user("{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_" + turn + "\",\"content\":\""
                    + text(500 + random.nextInt(6_000)) + (random.nextBoolean() ? "\\n" : "")));
        }
        return body();
    }

    /** Bytes that the last turn added, about. */
    public int lastTurnBytes() {
        return turn == 1
                ? body().length()
                : messages.getLast().length()
                        + messages.get(messages.size() - 2).length();
    }

    private Bytes body() {
        StringBuilder json = new StringBuilder("{\"model\":\"claude-opus-5-5\",\"messages\":[");
        for (int i = 0; i < messages.size(); i++) {
            String marker = i == messages.size() - 1 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "";
            json.append(i == 0 ? "" : ",").append(messages.get(i).replace("@marker@", marker));
        }
        return Bytes.utf8(json.append("],\"system\":[")
                .append(system)
                .append("],\"tools\":[")
                .append(tools)
                .append("],\"metadata\":{\"user_id\":\"{\\\"session_id\\\":\\\"")
                .append(turn)
                .append("\\\"}\"},\"max_tokens\":32000,\"stream\":true}")
                .toString());
    }

    private static String user(String openBlock) {
        return "{\"role\":\"user\",\"content\":[" + openBlock + "\"@marker@}]}";
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(12) == 0 ? "\\n" : " ");
            if (random.nextInt(4) == 0) {
                text.append(Integer.toHexString(random.nextInt()));
            }
        }
        return text.toString();
    }
}
