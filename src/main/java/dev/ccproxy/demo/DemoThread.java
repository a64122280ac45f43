package dev.ccproxy.demo;

import dev.ccproxy.demo.DemoScript.Step;
import dev.ccproxy.demo.DemoScript.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The messages of one agent, which grow with each step, and what the model's cache has of them. For one thread. */
final class DemoThread {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REMINDER =
            "<system-reminder>\n# claudeMd\nUse whole words. Run the tests before you say that you are done.\n</system-reminder>";
    private static final List<String> TOOLS =
            List.of("Agent", "Bash", "Edit", "Glob", "Grep", "Read", "TodoWrite", "WebFetch", "Write");

    /** System prompt and tools of the real client, which the demo does not copy, have about this many. */
    private static final long PREFIX_TOKENS = 13_800;

    /** The demo's files are shorter than real ones: its texts weigh as much as if they were so much longer. */
    private static final long TOKENS_PER_CHAR = 4;

    private final String model;
    private final ObjectNode shared;
    private final ArrayNode messages = NODES.arrayNode();
    private long cached;
    private int calls;

    DemoThread(String model, String directory, boolean subagent) {
        this.model = model;
        this.shared =
                NODES.objectNode().put("model", model).put("max_tokens", 32_000).put("stream", true);
        ArrayNode system = shared.putArray("system");
        system.addObject()
                .put("type", "text")
                .put("text", subagent ? "You look at one thing and report it." : "You are a careful engineer.");
        block(system, "# Environment\nWorking directory: " + directory + "\nPlatform: linux");
        ArrayNode tools = shared.putArray("tools");
        TOOLS.forEach(name -> tools.addObject()
                .put("name", name)
                .put("description", "The tool " + name + ".")
                .putObject("input_schema")
                .put("type", "object"));
        tools.addObject()
                .put("name", "mcp__github__get_issue")
                .put("description", "Reads an issue.")
                .putObject("input_schema")
                .put("type", "object");
    }

    String model() {
        return model;
    }

    void ask(String prompt) {
        ArrayNode content = message("user");
        if (messages.size() == 1) {
            content.addObject().put("type", "text").put("text", REMINDER);
        }
        block(content, prompt);
    }

    /** Moves the reminder out of the first message, as clients have done: everything behind it is paid again. */
    void rewrite() {
        ((ArrayNode) messages.get(0).path("content")).remove(0);
        cached = Math.min(cached, PREFIX_TOKENS);
    }

    ObjectNode request(String userId) {
        ObjectNode body = shared.deepCopy();
        body.set("messages", messages.deepCopy());
        body.putObject("metadata").put("user_id", userId);
        return body;
    }

    /** What the model counts for the request as it stands; its cache has all of it from now on. */
    DemoAnswer.Tokens tokens(long output) {
        long all = PREFIX_TOKENS + messages.toString().length() * TOKENS_PER_CHAR;
        long read = cached;
        cached = all;
        return new DemoAnswer.Tokens(4, read, all - read, output);
    }

    /** The answer of a step, which becomes part of the history. */
    List<ObjectNode> answer(Step step) {
        List<ObjectNode> blocks = new ArrayList<>();
        add(blocks, "thinking", step.thinking());
        add(blocks, "text", step.text());
        for (ToolCall call : step.allCalls()) {
            ObjectNode block = NODES.objectNode().put("type", "tool_use").put("id", "toolu_demo_" + ++calls);
            block.put("name", call.name()).set("input", call.input());
            blocks.add(block);
        }
        ArrayNode content = message("assistant");
        blocks.forEach(block -> content.add(block.deepCopy()));
        return blocks;
    }

    /** What the tools of a step gave. */
    void results(Step step) {
        List<ToolCall> made = step.allCalls();
        if (made.isEmpty()) {
            return;
        }
        ArrayNode content = message("user");
        int first = calls - made.size() + 1;
        for (int i = 0; i < made.size(); i++) {
            ObjectNode result = content.addObject()
                    .put("type", "tool_result")
                    .put("tool_use_id", "toolu_demo_" + (first + i))
                    .put("content", made.get(i).result());
            if (made.get(i).failed()) {
                result.put("is_error", true);
            }
        }
    }

    private static void add(List<ObjectNode> blocks, String type, @Nullable String text) {
        if (text == null) {
            return;
        }
        ObjectNode block = NODES.objectNode().put("type", type).put(type, text);
        if (type.equals("thinking")) {
            block.put("signature", "ZGVtbw==");
        }
        blocks.add(block);
    }

    private ArrayNode message(String role) {
        return messages.addObject().put("role", role).putArray("content");
    }

    private static void block(ArrayNode content, String text) {
        content.addObject()
                .put("type", "text")
                .put("text", text)
                .putObject("cache_control")
                .put("type", "ephemeral")
                .put("ttl", "1h");
    }
}
