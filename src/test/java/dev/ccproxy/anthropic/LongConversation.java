package dev.ccproxy.anthropic;

/** A conversation as Claude Code sends it again and again: the marker of the cache moves, a lone text becomes a string. */
public final class LongConversation {

    private LongConversation() {}

    /** The request of a turn, from 1; each is about 2 KiB longer than the one before it. */
    public static String body(int turn) {
        StringBuilder messages = new StringBuilder();
        for (int i = 1; i <= turn; i++) {
            messages.append(i == 1 ? "" : ",").append(user(i, i == turn)).append(i == 1 ? ENVIRONMENT : "");
            messages.append(i == turn ? "" : "," + answer(i));
        }
        return "{\"model\":\"claude-opus-5-5\",\"messages\":[" + messages
                + "],\"system\":[{\"type\":\"text\",\"text\":\""
                + "Be of use. ".repeat(300) + "\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"tools\":[{\"name\":"
                + "\"Read\",\"description\":\"" + "Reads. ".repeat(500) + "\"}],\"metadata\":{\"user_id\":"
                + "\"{\\\"session_id\\\":\\\"8a6e0804-2bd0-4672-b79d-d97027f9071a\\\"}\"},\"max_tokens\":32000,"
                + "\"thinking\":{\"type\":\"adaptive\"},\"stream\":true}";
    }

    private static final String ENVIRONMENT =
            ",{\"role\":\"system\",\"content\":\"# Environment\\n - Primary working directory: /home/u/project\"}";

    private static String user(int turn, boolean last) {
        if (turn % 3 != 1) {
            return "{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"toolu_" + (turn - 1)
                    + "\",\"type\":\"tool_result\",\"content\":\"" + "line of a file\\n".repeat(60) + "\""
                    + (last ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "") + "}]}";
        }
        return last
                ? "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Step " + turn
                        + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]}"
                : "{\"role\":\"user\",\"content\":\"Step " + turn + "\"}";
    }

    private static String answer(int turn) {
        return "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"" + "I read on. ".repeat(40)
                + "\"},{\"type\":\"tool_use\",\"id\":\"toolu_" + turn
                + "\",\"name\":\"Read\",\"input\":{\"file_path\":\"/home/u/"
                + turn + "\"}}]}";
    }
}
