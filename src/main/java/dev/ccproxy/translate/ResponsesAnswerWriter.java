package dev.ccproxy.translate;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as the events of Responses; the last one holds the whole answer. */
final class ResponsesAnswerWriter implements AnswerWriter, MessageBlocks {

    private final Consumer<ObjectNode> events;
    private final Supplier<String> freshIds;
    private final BlockSequence sequence;

    private final ObjectNode response = JsonNodeFactory.instance.objectNode();
    private final ArrayNode output = JsonNodeFactory.instance.arrayNode();
    private final StringBuilder text = new StringBuilder();
    private ObjectNode item = output.objectNode();
    private int sequenceNumber;
    private StopReason reason = StopReason.END;
    private TokenCounts counts = TokenCounts.NONE;

    ResponsesAnswerWriter(
            Consumer<ObjectNode> events, Supplier<String> freshIds, long createdEpochSeconds, Set<Loss> losses) {
        this.events = events;
        this.freshIds = freshIds;
        this.sequence = new BlockSequence(this, freshIds, losses);
        response.put("id", "").put("object", "response").put("created_at", createdEpochSeconds);
    }

    @Override
    public void accept(AnswerPart part) {
        switch (part) {
            case AnswerPart.Began began -> begin(began);
            case AnswerPart.Text words -> sequence.text(words.piece());
            case AnswerPart.Refusal refusal -> sequence.text(refusal.piece());
            case AnswerPart.Thinking thinking -> sequence.thinking(thinking.piece());
            case AnswerPart.Sealed sealed -> sequence.seal(sealed.seal());
            case AnswerPart.Call call -> sequence.call(call.call(), call.id(), call.name());
            case AnswerPart.Arguments arguments -> sequence.arguments(arguments.call(), arguments.piece());
            case AnswerPart.Closed _ -> sequence.closeLast();
            case AnswerPart.Stopped stopped -> reason = stopped.reason();
            case AnswerPart.Counted counted -> counts = counted.counts();
            case AnswerPart.Ended _ -> end();
            case AnswerPart.Failed failed -> {
                response.put("status", "failed");
                response.putObject("error").put("code", failed.type()).put("message", failed.message());
                send(withResponse("response.failed"));
            }
        }
    }

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void send(ObjectNode event) {
        events.accept(event.put("sequence_number", sequenceNumber++));
    }

    private ObjectNode withResponse(String type) {
        ObjectNode event = event(type);
        event.set("response", response.deepCopy());
        return event;
    }

    private void begin(AnswerPart.Began began) {
        response.put("id", began.id() == null ? "resp_" + freshIds.get() : began.id())
                .put("status", "in_progress");
        response.put("model", began.model() == null ? "" : began.model());
        response.putNull("error").putNull("incomplete_details");
        response.putArray("output");
        response.put("parallel_tool_calls", true).put("tool_choice", "auto").putArray("tools");
        send(withResponse("response.created"));
        send(withResponse("response.in_progress"));
    }

    @Override
    public void open(int index, Kind kind, String id, String name) {
        text.setLength(0);
        item = output.addObject();
        switch (kind) {
            case TEXT ->
                item.put("id", "msg_" + freshIds.get())
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("status", "in_progress")
                        .putArray("content");
            case THINKING ->
                item.put("id", "rs_" + freshIds.get()).put("type", "reasoning").putArray("summary");
            case TOOL ->
                item.put("id", "fc_" + freshIds.get())
                        .put("type", "function_call")
                        .put("status", "in_progress")
                        .put("call_id", ToolIds.unpacked(id))
                        .put("name", name)
                        .put("arguments", "");
        }
        ObjectNode event = event("response.output_item.added").put("output_index", index);
        event.set("item", item.deepCopy());
        send(event);
        switch (kind) {
            case TEXT -> sendPart("response.content_part.added", index, textPart());
            case THINKING -> sendPart("response.reasoning_summary_part.added", index, summaryPart());
            case TOOL -> {
                // A call has no parts.
            }
        }
    }

    private ObjectNode textPart() {
        ObjectNode part = event("output_text").put("text", text.toString());
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    private ObjectNode summaryPart() {
        return event("summary_text").put("text", text.toString());
    }

    private ObjectNode ofItem(String type, int index) {
        return event(type).put("item_id", item.path("id").asString("")).put("output_index", index);
    }

    /** Of the only part of a message, or of a reasoning's summary. */
    private ObjectNode ofPart(String type, int index) {
        return ofItem(type, index).put(type.startsWith("response.reasoning") ? "summary_index" : "content_index", 0);
    }

    private void sendPart(String type, int index, ObjectNode part) {
        ObjectNode event = ofPart(type, index);
        event.set("part", part);
        send(event);
    }

    @Override
    public void add(int index, Kind kind, String piece) {
        text.append(piece);
        switch (kind) {
            case TEXT -> {
                ObjectNode event = ofPart("response.output_text.delta", index).put("delta", piece);
                event.putArray("logprobs");
                send(event);
            }
            case THINKING ->
                send(ofPart("response.reasoning_summary_text.delta", index).put("delta", piece));
            case TOOL ->
                send(ofItem("response.function_call_arguments.delta", index).put("delta", piece));
        }
    }

    @Override
    public void sign(int index, String signature) {
        // Seals are for clients of the Messages API.
    }

    @Override
    public void close(int index, Kind kind) {
        switch (kind) {
            case TEXT -> {
                ObjectNode event = ofPart("response.output_text.done", index).put("text", text.toString());
                event.putArray("logprobs");
                send(event);
                sendPart("response.content_part.done", index, textPart());
                item.put("status", "completed").putArray("content").add(textPart());
            }
            case THINKING -> {
                send(ofPart("response.reasoning_summary_text.done", index).put("text", text.toString()));
                sendPart("response.reasoning_summary_part.done", index, summaryPart());
                item.putArray("summary").add(summaryPart());
            }
            case TOOL -> {
                String arguments = text.isEmpty() ? "{}" : text.toString();
                send(ofItem("response.function_call_arguments.done", index).put("arguments", arguments));
                item.put("status", "completed").put("arguments", arguments);
            }
        }
        ObjectNode event = event("response.output_item.done").put("output_index", index);
        event.set("item", item.deepCopy());
        send(event);
    }

    private void end() {
        sequence.finish();
        String incomplete = switch (reason) {
            case LENGTH, CONTEXT_FULL -> "max_output_tokens";
            case REFUSAL -> "content_filter";
            case END, STOP_SEQUENCE, TOOLS, PAUSE -> "";
        };
        String status = incomplete.isEmpty() ? "completed" : "incomplete";
        response.put("status", status);
        if (!incomplete.isEmpty()) {
            response.putObject("incomplete_details").put("reason", incomplete);
        }
        response.set("output", output);
        response.set("usage", counts.asOpenAi().asResponses());
        send(withResponse("response." + status));
    }
}
