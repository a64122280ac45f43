package dev.ccproxy.app;

import java.nio.charset.StandardCharsets;

/**
 * Requests such as a coding session sends: a system text, tools, and a history that grows by a prompt, a tool call and
 * its result each turn and is sent whole each time. Only for {@link TrainCommand}.
 */
final class TrainingSession {

    private static final String WORDS = "A line that stands for text of a project, with \\\"quotes\\\" and ends.\\n";
    private static final int TOOLS = 12;

    private final String head;
    private final String marker;
    private final StringBuilder history = new StringBuilder();
    private int turns;

    TrainingSession(int number) {
        marker = "session " + number;
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < TOOLS; i++) {
            tools.append(i == 0 ? "" : ",").append(tool(i));
        }
        head = """
                {"model":"claude-opus-5-5","max_tokens":32000,"stream":true,"metadata":{"user_id":"training"},
                "system":[{"type":"text","text":"%s","cache_control":{"type":"ephemeral"}}],
                "tools":[%s],"messages":[""".formatted(WORDS.repeat(100), tools);
    }

    /** The body of the next turn's request. */
    byte[] next() {
        history.append(turns == 0 ? "" : ",")
                .append("""
                {"role":"user","content":"%1$s %2$d"},
                {"role":"assistant","content":[{"type":"text","text":"%1$s"},
                {"type":"tool_use","id":"toolu_%2$d","name":"Tool1","input":{"path":"src/part-%2$d.txt"}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_%2$d","content":"%3$s"}]}""".formatted(marker + " " + WORDS.repeat(3), turns, marker + turns + WORDS.repeat(30)));
        turns++;
        return (head + history + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static String tool(int number) {
        return """
                {"name":"Tool%d","description":"%s","input_schema":{"type":"object",
                "properties":{"path":{"type":"string"},"limit":{"type":"number"}},"required":["path"]}}""".formatted(number, WORDS.repeat(10));
    }
}
