package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;

/** Streams for tests, one line of data each. */
final class Events {

    private Events() {}

    static Bytes stream(String... data) {
        StringBuilder stream = new StringBuilder();
        for (String line : data) {
            stream.append("data: ").append(line).append("\n\n");
        }
        return Bytes.utf8(stream.toString());
    }

    static String start() {
        return "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"model\":\"claude-opus-5\",\"content\":[],\"stop_reason\":null,"
                + "\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":5,"
                + "\"output_tokens\":1,\"cache_creation\":{\"ephemeral_5m_input_tokens\":100,"
                + "\"ephemeral_1h_input_tokens\":200}}}}";
    }

    static String block(int index, String block) {
        return "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + block + "}";
    }

    static String delta(int index, String delta) {
        return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}";
    }

    static String text(int index, String text) {
        return delta(index, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    static String input(int index, String escaped) {
        return delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + escaped + "\"}");
    }

    static String stop(int index) {
        return "{\"type\":\"content_block_stop\",\"index\":" + index + "}";
    }

    static String end(String stopReason) {
        return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + stopReason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":42}}";
    }

    static String stop() {
        return "{\"type\":\"message_stop\"}";
    }

    static final String TEXT_BLOCK = "{\"type\":\"text\",\"text\":\"\"}";

    static String tool(String name) {
        return "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"" + name + "\",\"input\":{}}";
    }
}
