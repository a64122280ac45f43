package dev.ccproxy.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

    private static final String START = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","content":[]}}

            """;

    @Test
    void piecesOfABlockAreJoined() {
        assertThat(parts(START
                        + delta(0, "thinking_delta", "thinking", "Hm, le")
                        + delta(0, "thinking_delta", "thinking", "t me see")
                        + delta(0, "signature_delta", "signature", "abc=")
                        + delta(1, "text_delta", "text", "Say \\\"he")
                        + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
                        + delta(1, "text_delta", "text", "llo\\\"\\n")
                        + delta(12, "input_json_delta", "partial_json", "{\\\"command\\\": \\\"echo \\\\")
                        + delta(12, "input_json_delta", "partial_json", "\\\"a\\\\\\\"\\\"}")))
                .containsExactly(
                        "content[0].thinking = Hm, let me see",
                        "content[1].text = Say \\\"hello\\\"\\n",
                        "content[12].input : {\"command\": \"echo \\\"a\\\"\"}");
    }

    @Test
    void anotherSpellingIsReadToo() {
        assertThat(parts("""
                data:{"delta": {"text": "on\\u0065", "type": "text_delta"}, "index": 3, "type": "content_block_delta"}\r
                \r
                data: {"index":3,"type":"content_block_delta","delta":{"type":"text_delta","text":" two"}}\r
                """)).containsExactly("content[3].text = on\\u0065 two");
    }

    @Test
    void anEventThatSaysSomethingByItselfIsAPart() {
        assertThat(parts(START
                        + "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n"
                        + "data: {\"type\":\"error\",\"error\":{\"message\":\"Overloaded\"}}\n\n"))
                .containsExactly(
                        "content[0] : {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                                + "{\"type\":\"text\",\"text\":\"\"}}",
                        "events[2] : {\"type\":\"error\",\"error\":{\"message\":\"Overloaded\"}}");
    }

    @Test
    void whatIsNoStreamOrIsCutGivesWhatItHas() {
        assertThat(parts("")).isEmpty();
        assertThat(parts("<html>")).isEmpty();
        assertThat(parts("data: [DONE]\n\ndata: {\"type\":\"content_bl")).isEmpty();
        assertThat(parts(delta(0, "text_delta", "text", "half") + "data: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"cut"))
                .containsExactly("content[0].text = half");
    }

    private static String delta(int index, String type, String member, String value) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" + index
                + ",\"delta\":{\"type\":\"" + type + "\",\"" + member + "\":\"" + value + "\"}}\n\n";
    }

    private static List<String> parts(String stream) {
        return AnswerText.of(Bytes.utf8(stream)).stream()
                .map(part -> part.path()
                        + (part.json() ? " : " : " = ")
                        + part.bytes().utf8().strip())
                .toList();
    }
}
