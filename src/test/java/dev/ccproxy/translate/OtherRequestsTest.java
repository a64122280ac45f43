package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests to Responses, and from OpenAI's formats to Claude models. */
class OtherRequestsTest {

    private static JsonNode translated(Format from, Format to, String body) {
        return Translations.tree(Translations.request(Translations.between(from, to), body));
    }

    private static JsonNode toResponses(String body) {
        return translated(Format.ANTHROPIC_MESSAGES, Format.OPENAI_RESPONSES, body);
    }

    private static JsonNode fromChat(String body) {
        return translated(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES, body);
    }

    @Test
    void aConversationIsAListOfItems() {
        JsonNode body = toResponses("""
                {"model":"gpt-5.6","max_tokens":9,"system":[{"type":"text","text":"A"},{"type":"text","text":"B"}],
                 "messages":[{"role":"user","content":"Hi"},
                  {"role":"assistant","content":[{"type":"text","text":"Let me see"},
                   {"type":"tool_use","id":"call_1","name":"Read","input":{"path": "x"}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"data"}]}],
                 "tools":[{"name":"Read","input_schema":{"type":"object"}}],"stream":true}""");

        assertThat(body.path("instructions").asString("")).isEqualTo("A\n\nB");
        assertThat(body.path("input").toString())
                .isEqualTo(
                        "[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]},"
                                + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
                                + "\"text\":\"Let me see\"}]},"
                                + "{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"Read\","
                                + "\"arguments\":\"{\\\"path\\\": \\\"x\\\"}\"},"
                                + "{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"data\"}]");
        assertThat(body.path("tools").toString())
                .isEqualTo(
                        "[{\"type\":\"function\",\"name\":\"Read\",\"parameters\":{\"type\":\"object\"},\"strict\":false}]");
        assertThat(body.path("store").asBoolean(true)).isFalse();
        assertThat(body.path("include").toString()).isEqualTo("[\"reasoning.encrypted_content\"]");
        assertThat(body.path("max_output_tokens").asLong(0)).isEqualTo(9);
    }

    @Test
    void theProvidersOwnThinkingComesBackToIt() {
        Translator answering = Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_RESPONSES);
        JsonNode answer = Translations.tree(Translations.answer(answering, """
                {"id":"r","status":"completed","output":[
                 {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm"}],"encrypted_content":"gAA.x=="},
                 {"type":"message","content":[{"type":"output_text","text":"Yes"}]}]}"""));
        assertThat(answer.path("content").path(0).path("thinking").asString("")).isEqualTo("Hm");

        JsonNode body = toResponses("{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"assistant\",\"content\":"
                + answer.path("content") + "},{\"role\":\"user\",\"content\":\"And?\"}]}");
        assertThat(body.path("input").path(0).toString())
                .isEqualTo(
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm\"}],"
                                + "\"encrypted_content\":\"gAA.x==\"}");
    }

    @Test
    void imagesOfAResultStayInTheResult() {
        JsonNode body = toResponses(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                        + "\"tool_use_id\":\"a\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://e.com/i\"}}]}]}]}");
        assertThat(body.path("input")
                        .path(0)
                        .path("output")
                        .path(0)
                        .path("image_url")
                        .asString(""))
                .isEqualTo("https://e.com/i");
    }

    @Test
    void chatMessagesBecomeTurns() {
        JsonNode body = fromChat("""
                {"model":"claude-sonnet-4-5","messages":[{"role":"developer","content":"Be brief."},
                 {"role":"user","content":[{"type":"text","text":"Look"},
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]},
                 {"role":"assistant","content":null,"tool_calls":[
                  {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"n\\": 1e3}"}},
                  {"id":"b","type":"function","function":{"name":"g","arguments":""}}]},
                 {"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"}]}""");

        assertThat(body.path("system").asString("")).isEqualTo("Be brief.");
        assertThat(body.path("max_tokens").asLong(0)).isEqualTo(4096);
        assertThat(body.path("messages")).hasSize(3);
        assertThat(body.path("messages").path(2).path("content")).hasSize(2);
        assertThat(body.path("messages")
                        .path(1)
                        .path("content")
                        .path(1)
                        .path("input")
                        .toString())
                .isEqualTo("{}");
        assertThat(body.path("messages")
                        .path(0)
                        .path("content")
                        .path(1)
                        .path("source")
                        .toString())
                .isEqualTo("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aGk=\"}");
        assertThat(Translations.request(
                        Translations.between(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES),
                        "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\","
                                + "\"arguments\":\"{\\\"n\\\": 1e3}\"}}]}]}"))
                .as("to the letter")
                .contains("\"input\":{\"n\": 1e3}");
    }

    @Test
    void thinkingLeavesRoomForTheAnswer() {
        JsonNode unlimited = fromChat("{\"model\":\"claude-opus-4-6\",\"reasoning_effort\":\"xhigh\",\"messages\":[]}");
        assertThat(unlimited.path("thinking").path("budget_tokens").asLong(0)).isEqualTo(8192);
        assertThat(unlimited.path("max_tokens").asLong(0)).isEqualTo(8192 + 4096);

        JsonNode limited = fromChat(
                "{\"model\":\"claude-opus-4-6\",\"reasoning_effort\":\"high\",\"max_tokens\":4000,\"messages\":[]}");
        assertThat(limited.path("thinking").path("budget_tokens").asLong(0)).isEqualTo(2000);
    }

    @Test
    void newerClaudeModelsAreAskedByEffort() {
        JsonNode body = fromChat("{\"model\":\"claude-opus-5-5\",\"reasoning_effort\":\"high\",\"messages\":[]}");
        assertThat(body.path("thinking").toString()).isEqualTo("{\"type\":\"adaptive\"}");
        assertThat(body.path("output_config").path("effort").asString("")).isEqualTo("high");

        assertThat(fromChat("{\"model\":\"claude-3-5-haiku-latest\",\"reasoning_effort\":\"high\",\"messages\":[]}")
                        .has("thinking"))
                .isFalse();
    }

    @Test
    void someJsonObjectIsAskedForInWords() {
        JsonNode body = fromChat("{\"model\":\"m\",\"response_format\":{\"type\":\"json_object\"},\"messages\":[]}");
        assertThat(body.path("system").asString("")).contains("JSON object");
        assertThat(body.has("output_config")).isFalse();
    }

    @Test
    void aResponsesConversationBecomesMessages() {
        JsonNode body = translated(Format.OPENAI_RESPONSES, Format.ANTHROPIC_MESSAGES, """
                {"model":"claude-sonnet-4-5","instructions":"Be brief.","input":[{"role":"user","content":"Hi"},
                 {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
                 {"type":"function_call_output","call_id":"c","output":"1"}],
                 "tools":[{"type":"function","name":"f","parameters":{"type":"object"}}],"max_output_tokens":50}""");
        assertThat(body.path("system").asString("")).isEqualTo("Be brief.");
        assertThat(body.path("messages")).hasSize(3);
        assertThat(body.path("tools").path(0).path("name").asString("")).isEqualTo("f");
    }

    @Test
    void ownThinkingIsCutOutOfARequestToAnthropic() {
        String ours = "{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\""
                + new ThinkingSeal("rs", "e").signature() + "\"}";
        String theirs = "{\"type\":\"thinking\",\"thinking\":\"y\",\"signature\":\"EsgD\"}";
        String text = "{\"type\":\"text\",\"text\":\"z\"}";
        String body =
                "{ \"messages\" : [%s{\"role\":\"assistant\",\"content\":[%s]} , {\"role\":\"user\",\"content\":\"q\"}] }";
        String only = "{\"role\":\"assistant\",\"content\":[ " + ours + " ]},";

        assertThat(cleaned(body.formatted("", ours + ", " + text))).isEqualTo(body.formatted("", text));
        assertThat(cleaned(body.formatted("", text + ", " + ours))).isEqualTo(body.formatted("", text));
        assertThat(cleaned(body.formatted("", ours + "," + theirs + "," + ours + "," + text)))
                .isEqualTo(body.formatted("", theirs + "," + text));
        assertThat(cleaned(body.formatted(only, text))).isEqualTo(body.formatted("", text));
        assertThat(cleaned(body.formatted(only + only, ours + "," + text))).isEqualTo(body.formatted("", text));
        assertThat(cleaned(body.formatted("", theirs))).isEqualTo(body.formatted("", theirs));
    }

    private static String cleaned(String body) {
        return Translations.request(Translations.between(Format.ANTHROPIC_MESSAGES, Format.ANTHROPIC_MESSAGES), body);
    }
}
