package dev.ccproxy.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * An answer of one of OpenAI's two APIs as a model server gives it: a text, a tool call, or both. Immutable.
 *
 * @param id of the answer, such as {@code a1}
 * @param text empty for none
 */
public record OpenAiScript(
        String id, String model, String text, @Nullable Call call) {

    /** A tool call; {@code arguments} is a JSON object as text. */
    public record Call(String id, String name, String arguments) {}

    public static OpenAiScript text(String id, String model, String text) {
        return new OpenAiScript(id, model, text, null);
    }

    public OpenAiScript calling(String callId, String name, String arguments) {
        return new OpenAiScript(id, model, text, new Call(callId, name, arguments));
    }

    /** Answers a request to whichever API it came for, streamed or not as it asks. */
    public void answer(UpstreamRequest request, Reply reply) throws IOException {
        boolean chat = request.head().path().endsWith("/chat/completions");
        boolean streamed = request.body().utf8().contains("\"stream\":true");
        if (!streamed) {
            reply.json("200 OK", chat ? wholeChat() : wholeResponse("completed"), "x-request-id: req_" + id);
            return;
        }
        reply.stream("x-request-id: req_" + id);
        for (String event : chat ? chatEvents() : responsesEvents()) {
            reply.chunk(event);
        }
        reply.lastChunk();
    }

    /** The events of a Chat Completions stream. */
    public List<String> chatEvents() {
        List<String> events = new ArrayList<>();
        events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (String piece : pieces(text)) {
            events.add(chunk("{\"content\":" + quoted(piece) + "}", "null"));
        }
        Call tool = call;
        if (tool != null) {
            events.add(chunk(
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"" + tool.id
                            + "\",\"type\":\"function\",\"function\":{\"name\":\"" + tool.name
                            + "\",\"arguments\":\"\"}}]}",
                    "null"));
            for (String piece : pieces(tool.arguments)) {
                events.add(chunk(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + quoted(piece) + "}}]}", "null"));
            }
        }
        events.add(chunk("{}", tool == null ? "\"stop\"" : "\"tool_calls\""));
        events.add("data: {\"id\":\"" + id + "\",\"object\":\"chat.completion.chunk\",\"model\":\"" + model
                + "\",\"choices\":[],\"usage\":" + chatUsage() + "}\n\n");
        events.add("data: [DONE]\n\n");
        return events;
    }

    private String chunk(String delta, String finish) {
        return "data: {\"id\":\"" + id + "\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + model
                + "\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static String chatUsage() {
        return "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":40}}";
    }

    /** A Chat Completions answer that was not asked to stream. */
    public String wholeChat() {
        Call tool = call;
        String calls = tool == null
                ? ""
                : ",\"tool_calls\":[{\"id\":\"" + tool.id + "\",\"type\":\"function\",\"function\":{\"name\":\""
                        + tool.name + "\",\"arguments\":" + quoted(tool.arguments) + "}}]";
        return "{\"id\":\"" + id + "\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + model
                + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + quoted(text) + calls
                + "},\"finish_reason\":\"" + (tool == null ? "stop" : "tool_calls") + "\"}],\"usage\":" + chatUsage()
                + "}";
    }

    /** The events of a Responses stream. */
    public List<String> responsesEvents() {
        List<String> events = new ArrayList<>();
        events.add(event(
                "response.created",
                "\"response\":{\"id\":\"" + id + "\",\"object\":\"response\",\"status\":\"in_progress\",\"model\":\""
                        + model + "\",\"output\":[]}"));
        int index = 0;
        if (!text.isEmpty()) {
            events.add(event(
                    "response.output_item.added",
                    "\"output_index\":0,\"item\":{\"id\":\"m_" + id
                            + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}"));
            for (String piece : pieces(text)) {
                events.add(event(
                        "response.output_text.delta",
                        "\"item_id\":\"m_" + id + "\",\"output_index\":0,\"content_index\":0,\"delta\":"
                                + quoted(piece)));
            }
            events.add(event("response.output_item.done", "\"output_index\":0,\"item\":" + messageItem()));
            index++;
        }
        Call tool = call;
        if (tool != null) {
            events.add(event(
                    "response.output_item.added", "\"output_index\":" + index + ",\"item\":" + callItem(tool, "")));
            for (String piece : pieces(tool.arguments)) {
                events.add(event(
                        "response.function_call_arguments.delta",
                        "\"item_id\":\"f_" + id + "\",\"output_index\":" + index + ",\"delta\":" + quoted(piece)));
            }
            events.add(event(
                    "response.output_item.done",
                    "\"output_index\":" + index + ",\"item\":" + callItem(tool, tool.arguments)));
        }
        events.add(event("response.completed", "\"response\":" + wholeResponse("completed")));
        return events;
    }

    private String messageItem() {
        return "{\"id\":\"m_" + id
                + "\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"output_text\",\"text\":" + quoted(text) + ",\"annotations\":[]}]}";
    }

    private String callItem(Call tool, String arguments) {
        return "{\"id\":\"f_" + id + "\",\"type\":\"function_call\",\"call_id\":\"" + tool.id + "\",\"name\":\""
                + tool.name + "\",\"arguments\":" + quoted(arguments) + "}";
    }

    /** A Responses answer that was not asked to stream. */
    public String wholeResponse(String status) {
        List<String> items = new ArrayList<>();
        if (!text.isEmpty()) {
            items.add(messageItem());
        }
        Call tool = call;
        if (tool != null) {
            items.add(callItem(tool, tool.arguments));
        }
        return "{\"id\":\"" + id + "\",\"object\":\"response\",\"status\":\"" + status + "\",\"model\":\"" + model
                + "\",\"output\":[" + String.join(",", items)
                + "],\"usage\":{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":40},"
                + "\"output_tokens\":20,\"total_tokens\":120}}";
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static List<String> pieces(String value) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < value.length(); from += 9) {
            pieces.add(value.substring(from, Math.min(from + 9, value.length())));
        }
        return pieces;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }
}
