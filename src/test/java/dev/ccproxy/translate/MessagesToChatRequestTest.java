package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client of the Messages API asks a provider of Chat Completions. */
class MessagesToChatRequestTest {

    private static JsonNode translated(String body, Quirk... quirks) {
        return Translations.tree(Translations.request(
                Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT, quirks), body));
    }

    private static JsonNode ofMessages(String messages, Quirk... quirks) {
        return translated("{\"model\":\"m\",\"messages\":[" + messages + "]}", quirks)
                .path("messages");
    }

    private static JsonNode with(String model, String members) {
        return translated(
                "{\"model\":\"" + model + "\"," + members + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    @Test
    void systemBlocksAreOneMessageWithoutTheBillingBlock() {
        JsonNode body = with(
                "m",
                "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=1;\"},"
                        + "{\"type\":\"text\",\"text\":\"One.\"},{\"type\":\"text\",\"text\":\"Two.\"}]");

        assertThat(body.path("messages").path(0).toString())
                .isEqualTo("{\"role\":\"system\",\"content\":\"One.\\n\\nTwo.\"}");
    }

    @Test
    void systemMessagesInTheMiddleStayThere() {
        JsonNode messages = ofMessages(
                "{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"system\",\"content\":\"Skills.\",\"output_config\":{}},{\"role\":\"user\",\"content\":\"Go\"}");

        assertThat(messages.valueStream().map(message -> message.path("role").asString("")))
                .containsExactly("user", "system", "user");
    }

    @Test
    void resultsComeInOrderBeforeTheUsersText() {
        JsonNode messages = ofMessages("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},"
                + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"Read\",\"input\":{}},"
                + "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"Grep\",\"input\":{}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Go on\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":\"1\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"b\",\"content\":[{\"type\":\"text\",\"text\":\"2\"},"
                + "{\"type\":\"text\",\"text\":\"3\"}]}]}");

        assertThat(messages.path(0).path("tool_calls")).hasSize(2);
        assertThat(messages.path(1).toString())
                .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}");
        assertThat(messages.path(2).toString())
                .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"2\\n\\n3\"}");
        assertThat(messages.path(3).toString()).isEqualTo("{\"role\":\"user\",\"content\":\"Go on\"}");
    }

    @Test
    void argumentsAreTheInputToTheLetter() {
        JsonNode messages = ofMessages("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\","
                + "\"name\":\"f\",\"input\":{ \"n\": 1e3, \"big\":12345678901234567890123, \"s\":\"\\u00e9\" }}]}");

        assertThat(messages.path(0)
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .asString(""))
                .isEqualTo("{ \"n\": 1e3, \"big\":12345678901234567890123, \"s\":\"\\u00e9\" }");
    }

    @Test
    void imagesOfAResultFollowBehindAllResults() {
        JsonNode messages = ofMessages("{\"role\":\"user\",\"content\":["
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aGk=\"}}]},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"b\",\"content\":\"done\"}]}");

        assertThat(messages).hasSize(3);
        assertThat(messages.path(0).path("content").asString("")).isNotEmpty();
        assertThat(messages.path(2).path("content").path(1).toString())
                .isEqualTo("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\"}}");
    }

    @Test
    void documentsAreTextWhereTheyHaveSome() {
        JsonNode messages = ofMessages("{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"title\":\"Notes\","
                + "\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"Milk\"}},"
                + "{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\","
                + "\"data\":\"aGk=\"}}]}");

        assertThat(messages.path(0).path("content").path(0).path("text").asString(""))
                .isEqualTo("Notes\n\nMilk");
        assertThat(messages.path(0)
                        .path("content")
                        .path(1)
                        .path("file")
                        .path("file_data")
                        .asString(""))
                .isEqualTo("data:application/pdf;base64,aGk=");
    }

    @Test
    void toolsAndChoicesAreFunctions() {
        JsonNode body = with(
                "m",
                "\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\",\"x\":9007199254740993}}],"
                        + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":true}");

        assertThat(body.path("tools").toString())
                .isEqualTo("[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                        + "\"parameters\":{\"type\":\"object\",\"x\":9007199254740993}}}]");
        assertThat(body.path("tool_choice").toString())
                .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}");
        assertThat(body.path("parallel_tool_calls").asBoolean(true)).isFalse();
        assertThat(with("m", "\"tools\":[{\"name\":\"f\"}],\"tool_choice\":{\"type\":\"any\"}")
                        .path("tool_choice")
                        .asString(""))
                .isEqualTo("required");
        assertThat(with("m", "\"tool_choice\":{\"type\":\"any\"}").has("tool_choice"))
                .as("a choice without tools is refused")
                .isFalse();
    }

    @Test
    void longToolNamesAreShortenedAndRestoredInTheAnswer() {
        String name = "mcp__server__" + "x".repeat(90);
        Translator translator = Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT);
        String asked = Translations.request(
                translator,
                "{\"model\":\"m\",\"tools\":[{\"name\":\"" + name + "\",\"input_schema\":{}}],\"messages\":[]}");
        String sent = Translations.tree(asked)
                .path("tools")
                .path(0)
                .path("function")
                .path("name")
                .asString("");
        assertThat(sent).hasSize(64);

        String answer = Translations.answer(
                translator,
                "{\"id\":\"x\",\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\""
                        + sent + "\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
        assertThat(Translations.tree(answer)
                        .path("content")
                        .path(0)
                        .path("name")
                        .asString(""))
                .isEqualTo(name);
    }

    @Test
    void modelsThatThinkGetAnEffortAndNoTemperature() {
        JsonNode body = with(
                "gpt-5",
                "\"temperature\":0.2,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":10000},\"max_tokens\":5");

        assertThat(body.path("reasoning_effort").asString("")).isEqualTo("high");
        assertThat(body.has("temperature")).isFalse();
        assertThat(body.path("max_completion_tokens").asLong(0)).isEqualTo(5);
        assertThat(with("gpt-4o", "\"temperature\":0.20").path("temperature").toString())
                .isEqualTo("0.20");
    }

    @Test
    void newerModelsAreToldNotToThinkWhereTheyHaveTools() {
        assertThat(with("gpt-5.6-terra", "\"tools\":[{\"name\":\"f\"}]")
                        .path("reasoning_effort")
                        .asString(""))
                .isEqualTo("none");
        assertThat(with("gpt-5", "\"tools\":[{\"name\":\"f\"}]").has("reasoning_effort"))
                .isFalse();
        assertThat(with("gpt-5.6", "\"output_config\":{\"effort\":\"max\"}")
                        .path("reasoning_effort")
                        .asString(""))
                .isEqualTo("xhigh");
    }

    @Test
    void theUserIsAHash() {
        String body = with("m", "\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"704cb5\\\"}\"}")
                .toString();

        assertThat(body).doesNotContain("704cb5").containsPattern("\"user\":\"user_[0-9a-f]{16}\"");
    }

    @Test
    void streamsAskForTheirUsage() {
        assertThat(with("m", "\"stream\":true").path("stream_options").toString())
                .isEqualTo("{\"include_usage\":true}");
    }

    @Test
    void quirksOfProvidersAreHonoured() {
        String two =
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}";
        assertThat(ofMessages(two).path(0).path("content").isArray()).isTrue();
        assertThat(ofMessages(two, Quirk.PLAIN_TEXT).path(0).path("content").asString(""))
                .isEqualTo("a\n\nb");

        JsonNode body = translated(
                "{\"model\":\"m\",\"max_tokens\":7,\"stream\":true,\"thinking\":{\"type\":\"adaptive\"},"
                        + "\"output_config\":{\"effort\":\"high\",\"format\":{\"type\":\"json_schema\",\"schema\":{\"a\":1}}},"
                        + "\"messages\":[]}",
                Quirk.MAX_TOKENS,
                Quirk.NO_EFFORT,
                Quirk.NO_STREAM_USAGE,
                Quirk.NO_JSON_SCHEMA);
        assertThat(body.path("max_tokens").asLong(0)).isEqualTo(7);
        assertThat(body.propertyNames()).doesNotContain("max_completion_tokens", "reasoning_effort", "stream_options");
        assertThat(body.path("response_format").toString()).isEqualTo("{\"type\":\"json_object\"}");
        assertThat(body.path("messages").path(0).path("content").asString("")).endsWith("{\"a\":1}");
    }

    @Test
    void ownThinkingGoesBackWhereTheProviderWantsIt() {
        String own = "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\""
                + ThinkingSeal.PLAIN.signature() + "\"},{\"type\":\"text\",\"text\":\"Yes\"}]}";

        assertThat(ofMessages(own).path(0).has("reasoning_content")).isFalse();
        assertThat(ofMessages(own, Quirk.REASONING_BACK)
                        .path(0)
                        .path("reasoning_content")
                        .asString(""))
                .isEqualTo("Hm");
    }

    @Test
    void idsThatTheMessagesApiRefusesMakeTheRoundTrip() {
        Translator translator = Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT);
        String answer = Translations.answer(
                translator,
                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"functions.Bash:0\",\"function\":{\"name\":\"Bash\","
                        + "\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
        String id = Translations.tree(answer).path("content").path(0).path("id").asString("");
        assertThat(id).matches("[a-zA-Z0-9_-]+");

        JsonNode messages = ofMessages("{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\""
                + id + "\",\"content\":\"ok\"}]}");
        assertThat(messages.path(0).path("tool_call_id").asString("")).isEqualTo("functions.Bash:0");
    }

    @Test
    void halfACharacterStaysHalfACharacter() {
        assertThat(Translations.request(
                        Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT),
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"cut \\ud83d\"}]}"))
                .contains("\"cut \\ud83d\"");
    }

    @Test
    void whatIsNoJsonIsNoRequest() {
        Translator translator = Translations.between(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT);
        assertThat(translator.request(Bytes.utf8("{\"model\":"))).isEmpty();
        assertThat(translator.request(Bytes.utf8("[]"))).isEmpty();
    }
}
