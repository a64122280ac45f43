package dev.ccproxy.anthropic;

import static dev.ccproxy.anthropic.Events.TEXT_BLOCK;
import static dev.ccproxy.anthropic.Events.block;
import static dev.ccproxy.anthropic.Events.end;
import static dev.ccproxy.anthropic.Events.input;
import static dev.ccproxy.anthropic.Events.start;
import static dev.ccproxy.anthropic.Events.stop;
import static dev.ccproxy.anthropic.Events.stream;
import static dev.ccproxy.anthropic.Events.text;
import static dev.ccproxy.anthropic.Events.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import org.junit.jupiter.api.Test;

class MessageFactsTest {

    @Test
    void aStreamTellsIdModelUsageToolAndPreview() {
        Bytes stream = stream(
                start(),
                block(0, TEXT_BLOCK),
                text(0, "I will run it."),
                stop(0),
                block(1, tool("Bash")),
                input(1, "{\\\"description\\\":\\\"Lists\\\","),
                input(1, "\\\"command\\\":\\\"ls -l\\\\n  /tmp\\\"}"),
                stop(1),
                block(2, tool("Read")),
                input(2, "{\\\"file_path\\\":\\\"/b\\\"}"),
                end("tool_use"),
                stop());
        MessageFacts facts = MessageFacts.ofStream(stream, 1 << 20);

        assertThat(facts.messageId()).isEqualTo("msg_1");
        assertThat(facts.model()).isEqualTo("claude-opus-5");
        assertThat(facts.stopReason()).isEqualTo("tool_use");
        assertThat(facts.usage()).isEqualTo(new TokenUsage(10, 42, 5, 100, 200, 0, TokenUsage.Terms.UNSAID));
        assertThat(facts.tool()).isEqualTo("Bash");
        assertThat(facts.toolCount()).isEqualTo(2);
        assertThat(facts.preview()).isEqualTo("ls -l /tmp");
        assertThat(facts.complete()).isTrue();
        assertThat(facts.errorMessage()).isNull();
        int firstDelta = stream.utf8().indexOf("text_delta");
        assertThat(facts.firstContentOffset()).isEqualTo(stream.utf8().indexOf("\n\n", firstDelta) + 1L);
    }

    @Test
    void withoutAToolTheFirstTextIsThePreview() {
        MessageFacts facts = MessageFacts.ofStream(
                stream(start(), block(0, TEXT_BLOCK), text(0, "Line one\\n\\n"), text(0, "\\tline two"), stop()),
                1 << 20);
        assertThat(facts.preview()).isEqualTo("Line one line two");
        assertThat(facts.tool()).isNull();
    }

    @Test
    void previewsAreShortAndTearNoCharacter() {
        String long1 = MessageFacts.ofStream(
                        stream(start(), block(0, TEXT_BLOCK), text(0, "a" + "😀".repeat(300))), 1 << 20)
                .preview();
        assertThat(long1).hasSizeLessThanOrEqualTo(160).startsWith("a😀").endsWith("😀…");
        assertThat(OneLine.of("x".repeat(160))).isEqualTo("x".repeat(160));
        assertThat(OneLine.of("x".repeat(161))).isEqualTo("x".repeat(159) + "…");
        assertThat(OneLine.of(" \u0000a\u2028b\ud800c ")).isEqualTo("a bc");
    }

    @Test
    void aCutInputStillGivesItsArgument() {
        MessageFacts facts = MessageFacts.ofStream(
                stream(
                        start(),
                        block(0, tool("Write")),
                        input(0, "{\\\"file_path\\\":\\\"/a/b\\\",\\\"content\\\":\\\"x")),
                1 << 20);
        assertThat(facts.preview()).isEqualTo("/a/b");
        assertThat(facts.complete()).isFalse();
    }

    @Test
    void aWholeAnswerTellsTheSame() {
        MessageFacts facts = MessageFacts.ofJson(
                Bytes.utf8(
                        "{\"id\":\"msg_2\",\"type\":\"message\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},"
                                + "{\"type\":\"tool_use\",\"name\":\"Grep\",\"input\":{\"path\":\"/p\",\"pattern\":\"x+\"}}],"
                                + "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"cache_creation_input_tokens\":7}}"));
        assertThat(facts.messageId()).isEqualTo("msg_2");
        assertThat(facts.tool()).isEqualTo("Grep");
        assertThat(facts.preview()).isEqualTo("x+");
        assertThat(facts.usage()).isEqualTo(new TokenUsage(1, 2, 0, 7, 0, 0, TokenUsage.Terms.UNSAID));
        assertThat(facts.complete()).isTrue();
        assertThat(facts.firstContentOffset()).isEqualTo(-1);
    }

    @Test
    void errorBodiesAndErrorEventsTellTypeAndMessage() {
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
        MessageFacts body = MessageFacts.ofJson(Bytes.utf8(error));
        MessageFacts event = MessageFacts.ofStream(stream(start(), error), 1 << 20);
        assertThat(body.errorType()).isEqualTo("overloaded_error");
        assertThat(body.errorMessage()).isEqualTo("Overloaded");
        assertThat(event.errorMessage()).isEqualTo("Overloaded");
        assertThat(event.messageId()).isEqualTo("msg_1");
    }

    @Test
    void answersOfOtherEndpointsSayNothing() {
        for (String body :
                new String[] {"{\"input_tokens\":3}", "{\"type\":\"file\",\"id\":\"file_1\"}", "<html>", "", "[]"}) {
            MessageFacts facts = MessageFacts.ofJson(Bytes.utf8(body));
            assertThat(facts.messageId()).as(body).isNull();
            assertThat(facts.usage()).as(body).isNull();
            assertThat(facts.errorMessage()).as(body).isNull();
        }
    }
}
