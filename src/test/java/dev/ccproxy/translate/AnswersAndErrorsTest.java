package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whole answers, heads and errors, and a Claude model's answer to a client of Chat Completions. */
class AnswersAndErrorsTest {

    private static final String CLAUDE =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\","
                    + "\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":7,\"output_tokens\":1}}}\n\n"
                    + "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n"
                    + "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}\n\n"
                    + "data: {\"type\":\"content_block_stop\",\"index\":1}\n\n"
                    + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":9}}\n\n"
                    + "data: {\"type\":\"message_stop\"}\n\n";

    private static Translator messagesFromChat() {
        return Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT);
    }

    @Test
    void argumentsThatWereCutOffStayText() {
        String answer = Translations.answer(
                messagesFromChat(),
                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{\\\"p\\\": 1e3\"}}]},\"finish_reason\":\"length\"}]}");
        assertThat(answer).contains("\"input\":\"{\\\"p\\\": 1e3\"", "\"stop_reason\":\"max_tokens\"");
    }

    @Test
    void argumentsKeepTheirText() {
        assertThat(Translations.answer(
                        messagesFromChat(),
                        "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\","
                                + "\"arguments\":\"{\\\"p\\\": 1e3}\"}}]},\"finish_reason\":\"stop\"}]}"))
                .contains("\"input\":{\"p\": 1e3}", "\"stop_reason\":\"tool_use\"");
    }

    @Test
    void usageIsNeverNegative() {
        JsonNode answer = Translations.tree(Translations.answer(
                messagesFromChat(),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":5}}}"));
        assertThat(answer.path("usage").path("input_tokens").asLong(-1)).isZero();
    }

    @Test
    void aClaudeModelsStreamBecomesChunks() {
        Translations.Streamed streamed =
                Translations.stream(Translations.between(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES), CLAUDE);

        assertThat(streamed.state()).isEqualTo(AnswerStream.State.COMPLETE);
        assertThat(streamed.text()).endsWith("data: [DONE]\n\n");
        Gist gist = Gist.ofStream(Format.OPENAI_CHAT, streamed.text());
        assertThat(gist.text()).isEqualTo("Hi");
        assertThat(gist.calls()).containsExactly("f{}");
        assertThat(gist.input()).isEqualTo(5);
        assertThat(streamed.text()).contains("\"prompt_tokens\":12,\"completion_tokens\":9,\"total_tokens\":21");
    }

    @Test
    void theUsageChunkComesOnlyWhereTheClientAskedForIt() {
        Translator translator = Translations.between(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES);
        Translations.request(translator, "{\"model\":\"claude\",\"stream\":true,\"messages\":[]}");
        assertThat(Translations.stream(translator, CLAUDE).text()).doesNotContain("\"choices\":[]");
    }

    @Test
    void aClaudeModelsStreamBecomesResponsesEvents() {
        Translations.Streamed streamed =
                Translations.stream(Translations.between(Format.OPENAI_RESPONSES, Format.ANTHROPIC_MESSAGES), CLAUDE);
        Gist gist = Gist.ofStream(Format.OPENAI_RESPONSES, streamed.text());
        assertThat(gist.text()).isEqualTo("Hi");
        assertThat(gist.calls()).containsExactly("f{}");
        assertThat(streamed.text()).contains("event: response.completed");
    }

    @Test
    void aBrokenClaudeStreamStaysBroken() {
        Translations.Streamed streamed = Translations.stream(
                Translations.between(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES),
                CLAUDE.substring(0, CLAUDE.indexOf("message_delta")));
        assertThat(streamed.state()).isEqualTo(AnswerStream.State.RUNNING);
        assertThat(streamed.text()).doesNotContain("[DONE]", "\"finish_reason\":\"");
    }

    @Test
    void errorsKeepTheProvidersWords() {
        assertThat(error(400, "{\"error\":{\"message\":\"bad\",\"type\":\"x\"}}"))
                .isEqualTo("invalid_request_error: bad");
        assertThat(error(401, "{\"error\":\"who?\"}")).isEqualTo("authentication_error: who?");
        assertThat(error(403, "{\"message\":\"no\"}")).isEqualTo("permission_error: no");
        assertThat(error(404, "{\"detail\":\"gone\"}")).isEqualTo("not_found_error: gone");
        assertThat(error(413, "too much")).isEqualTo("request_too_large: too much");
        assertThat(error(429, "")).isEqualTo("rate_limit_error: The provider answered with status 429.");
        assertThat(error(500, "<html>oops</html>")).isEqualTo("api_error: <html>oops</html>");
        assertThat(error(504, "{}")).isEqualTo("api_error: {}");
        assertThat(error(503, "[]")).isEqualTo("overloaded_error: []");
        assertThat(error(529, "{\"error\":{\"message\":\"busy\"}}")).isEqualTo("overloaded_error: busy");
    }

    private static String error(int status, String body) {
        JsonNode error = Translations.tree(
                messagesFromChat().error(status, Bytes.utf8(body)).body());
        assertThat(error.path("type").asString("")).isEqualTo("error");
        return error.path("error").path("type").asString("") + ": "
                + error.path("error").path("message").asString("");
    }

    @Test
    void errorsForChatClientsAreOpenAis() {
        Translator translator = Translations.between(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES);
        assertThat(translator
                        .error(
                                529,
                                Bytes.utf8(
                                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))
                        .body()
                        .utf8())
                .isEqualTo(
                        "{\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void headsTellOnlyWhatTheClientKnows() {
        Headers head = messagesFromChat()
                .head(
                        Headers.of(
                                "Content-Type",
                                "text/event-stream",
                                "Set-Cookie",
                                "a=b",
                                "x-request-id",
                                "req_1",
                                "Retry-After",
                                "3",
                                "openai-organization",
                                "acme"),
                        true);
        assertThat(head.lines())
                .extracting(line -> line.name() + ": " + line.value())
                .containsExactly(
                        "content-type: text/event-stream; charset=utf-8", "retry-after: 3", "request-id: req_1");
    }
}
