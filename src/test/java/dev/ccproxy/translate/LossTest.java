package dev.ccproxy.translate;

import static dev.ccproxy.translate.Format.ANTHROPIC_MESSAGES;
import static dev.ccproxy.translate.Format.OPENAI_CHAT;
import static dev.ccproxy.translate.Format.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each loss is named where it happens, and nowhere else. */
class LossTest {

    private static final String ASKED = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String LONG_NAME = "mcp__" + "a".repeat(80);

    private final Map<Loss, List<Set<Loss>>> produced = new EnumMap<>(Loss.class);

    @Test
    void everyLossIsNamedWhereItHappens() {
        requestsOfMessages();
        requestsOfChat();
        requestsOfResponses();
        answers();

        for (Loss loss : Loss.values()) {
            assertThat(produced).as("no case for " + loss).containsKey(loss);
            assertThat(produced.get(loss)).as(loss.toString()).allMatch(losses -> losses.equals(Set.of(loss)));
        }
    }

    @Test
    void whatIsCarriedOverWholeLosesNothing() {
        Translator translator = Translations.between(ANTHROPIC_MESSAGES, OPENAI_CHAT);
        Translations.request(translator, """
                {"model":"gpt-4o","max_tokens":100,"system":"Be brief.","temperature":0.5,"stop_sequences":["X"],
                 "messages":[{"role":"user","content":"Hi"}],
                 "tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}]}""");
        assertThat(translator.losses()).isEmpty();
    }

    private void requestsOfMessages() {
        Format from = ANTHROPIC_MESSAGES;
        message(Loss.THINKING_HISTORY, "assistant", "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"}");
        message(Loss.REDACTED_THINKING, "assistant", "{\"type\":\"redacted_thinking\",\"data\":\"d\"}");
        message(
                Loss.CACHE_CONTROL,
                "user",
                "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}");
        message(Loss.SERVER_TOOL_HISTORY, "assistant", "{\"type\":\"web_search_tool_result\",\"content\":[]}");
        message(Loss.UNKNOWN_BLOCK, "user", "{\"type\":\"hologram\"}");
        message(
                Loss.TOOL_RESULT_FAILED,
                "user",
                "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"no\",\"is_error\":true}");
        message(
                Loss.TOOL_RESULT_MEDIA,
                "user",
                "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"image\",\"source\":"
                        + "{\"type\":\"url\",\"url\":\"https://example.com/a.png\"}}]}");
        message(Loss.STORED_FILE, "user", "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}");
        message(
                Loss.DOCUMENT,
                "user",
                "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://example.com/a.pdf\"}}");
        message(
                Loss.CITATIONS,
                "assistant",
                "{\"type\":\"text\",\"text\":\"x\",\"citations\":[{\"type\":\"char_location\"}]}");
        request(
                Loss.PREFILL,
                from,
                OPENAI_CHAT,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"{\"}]}");
        member(Loss.CONTEXT_MANAGEMENT, "\"context_management\":{}");
        member(Loss.SAFEGUARDS, "\"safeguards\":[]");
        member(Loss.SERVICE_TIER, "\"service_tier\":\"auto\"");
        member(Loss.METADATA, "\"metadata\":{\"trace\":\"1\"}");
        member(Loss.SERVER_TOOL, "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]");
        member(Loss.TOOL_MEMBERS, "\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"defer_loading\":true}]");
        member(Loss.TOOL_NAME, "\"tools\":[{\"name\":\"" + LONG_NAME + "\",\"input_schema\":{}}]");
        member(Loss.TOP_K, "\"top_k\":5");
        member(Loss.STOP_SEQUENCES, "\"stop_sequences\":[\"a\",\"b\",\"c\",\"d\",\"e\"]");
        member(Loss.UNKNOWN_MEMBER, "\"flux\":1");
        model(Loss.SAMPLING, "gpt-5", "\"temperature\":0.5");
        model(Loss.MAX_TOKENS, "gpt-4o", "\"max_tokens\":64000");
        model(Loss.EFFORT, "gpt-5", "\"output_config\":{\"effort\":\"max\"}");
        model(
                Loss.THINKING_WITH_TOOLS,
                "gpt-5.6",
                "\"thinking\":{\"type\":\"adaptive\"},\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]");
        model(
                Loss.PARALLEL_TOOL_CALLS,
                "o3",
                "\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],"
                        + "\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}");
        request(
                Loss.JSON_SCHEMA,
                from,
                OPENAI_CHAT,
                "{\"model\":\"m\",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}," + ASKED
                        + "}",
                Quirk.NO_JSON_SCHEMA);
    }

    private void requestsOfChat() {
        chat(Loss.TEMPERATURE, "\"temperature\":1.5");
        chat(Loss.CHOICES, "\"n\":2");
        chat(Loss.PENALTIES, "\"presence_penalty\":1");
        chat(Loss.SEED, "\"seed\":1");
        chat(Loss.LOG_PROBABILITIES, "\"logprobs\":true");
        chat(Loss.AUDIO, "\"modalities\":[\"text\",\"audio\"]");
        chat(Loss.PREDICTION, "\"prediction\":{}");
        chat(Loss.JSON_SCHEMA, "\"response_format\":{\"type\":\"json_object\"}");
        chat(Loss.THINKING_BUDGET, "\"reasoning_effort\":\"high\",\"max_tokens\":1000");
        chatMessages(Loss.SPEAKER_NAME, "{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"Ann\"}");
        chatMessages(
                Loss.SYSTEM_MOVED,
                "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"system\",\"content\":\"Be brief.\"}");
        chatMessages(
                Loss.IMAGE_DETAIL,
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"https://example.com/a.png\",\"detail\":\"low\"}}]}");
        chatMessages(
                Loss.CUT_ARGUMENTS,
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\"}}]}");
    }

    private void requestsOfResponses() {
        request(
                Loss.STORED_CONVERSATION,
                OPENAI_RESPONSES,
                ANTHROPIC_MESSAGES,
                "{\"model\":\"m\",\"input\":\"Hi\",\"previous_response_id\":\"r\"}");
    }

    private void answers() {
        Translator late = Translations.between(ANTHROPIC_MESSAGES, OPENAI_CHAT);
        Translations.stream(
                late,
                Translations.events(
                        calls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                        calls("{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
                        calls("{\"index\":0,\"function\":{\"arguments\":\"{}\"}}"),
                        "[DONE]"));
        seen(Loss.LATE_ARGUMENTS, late);

        Translator tool = Translations.between(ANTHROPIC_MESSAGES, OPENAI_RESPONSES);
        Translations.answer(
                tool,
                "{\"status\":\"completed\",\"output\":[{\"type\":\"web_search_call\",\"status\":\"completed\"}]}");
        seen(Loss.PROVIDER_TOOL, tool);

        Translator event = Translations.between(OPENAI_CHAT, ANTHROPIC_MESSAGES);
        Translations.stream(event, Translations.events("{\"type\":\"sparkle\"}"));
        seen(Loss.UNKNOWN_EVENT, event);
    }

    private static String calls(String call) {
        return "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + call + "]}}]}";
    }

    private void message(Loss loss, String role, String block) {
        request(
                loss,
                ANTHROPIC_MESSAGES,
                OPENAI_CHAT,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"" + role + "\",\"content\":[" + block
                        + "]},{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    private void member(Loss loss, String member) {
        model(loss, "m", member);
    }

    private void model(Loss loss, String model, String member) {
        request(loss, ANTHROPIC_MESSAGES, OPENAI_CHAT, "{\"model\":\"" + model + "\"," + member + "," + ASKED + "}");
    }

    private void chat(Loss loss, String member) {
        request(
                loss,
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES,
                "{\"model\":\"claude-sonnet-4-5\"," + member + "," + ASKED + "}");
    }

    private void chatMessages(Loss loss, String messages) {
        request(
                loss,
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES,
                "{\"model\":\"claude-sonnet-4-5\",\"messages\":[" + messages + "]}");
    }

    private void request(Loss loss, Format client, Format provider, String body, Quirk... quirks) {
        Translator translator = Translations.between(client, provider, quirks);
        Translations.request(translator, body);
        seen(loss, translator);
    }

    private void seen(Loss loss, Translator translator) {
        produced.computeIfAbsent(loss, _ -> new ArrayList<>()).add(translator.losses());
    }
}
