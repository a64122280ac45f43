package dev.ccproxy.insight;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;

/** Requests of a made-up conversation. */
final class Conversations {

    static final Json JSON = new Json();

    static final String TOOLS = """
            [{"name":"Bash","description":"Runs a command","input_schema":{"type":"object"}},
             {"name":"Read","description":"Reads a file","input_schema":{"type":"object"}},
             {"name":"mcp__db__query","description":"Asks the database","input_schema":{"type":"object"}}]""";

    static final String SYSTEM = """
            [{"type":"text","text":"x-anthropic-billing-header: cc_version=1;"},
             {"type":"text","text":"You help.","cache_control":{"type":"ephemeral"}}]""";

    static final String FIRST = """
            {"role":"user","content":[
              {"type":"text","text":"<system-reminder>\\nContents of /p/CLAUDE.md:\\nUse tabs.</system-reminder>"},
              {"type":"text","text":"Look at a.txt","cache_control":{"type":"ephemeral"}}]}""";

    static final String CALL = """
            {"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"s"},
              {"type":"tool_use","id":"toolu_1","name":"Read","input":{"file_path":"/p/a.txt"}}]}""";

    static final String RESULT = """
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"alpha"}]}""";

    private Conversations() {}

    static Prompt prompt(String tools, String system, String... messages) {
        return prompt("{\"model\":\"claude-opus-5\",\"max_tokens\":100,\"messages\":[" + String.join(",", messages)
                + "],\"system\":" + system + ",\"tools\":" + tools + "}");
    }

    static Prompt prompt(String body) {
        return Prompt.of(JSON, Bytes.utf8(body)).orElseThrow();
    }
}
