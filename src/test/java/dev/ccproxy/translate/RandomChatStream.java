package dev.ccproxy.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream of Chat Completions as servers send it, with what they do differently: calls mixed with text and with each
 * other, without index, with all arguments at once, with empty deltas, comments, usage in one place or the other.
 */
final class RandomChatStream {

    private final Random random;
    private final StringBuilder stream = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final boolean indexed;

    RandomChatStream(Random random) {
        this.random = random;
        indexed = random.nextInt(4) > 0;
        delta(object().put("role", "assistant").put("content", ""));
        int steps = random.nextInt(8);
        for (int i = 0; i < steps; i++) {
            step();
        }
        finish();
    }

    String stream() {
        return stream.toString();
    }

    /** What a client has to make of it. */
    Gist gist() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            calls.add(names.get(i) + arguments.get(i));
        }
        return new Gist(text.toString(), calls, calls.isEmpty() ? "end_turn" : "tool_use", 6, 4, 0, 5);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void step() {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                String piece = piece();
                text.append(piece);
                delta(object().put("content", piece));
            }
            case 2 -> delta(object().put(random.nextBoolean() ? "reasoning_content" : "reasoning", piece()));
            case 3 -> delta(object());
            case 4 -> stream.append(": keep-alive\n\n");
            default -> calls(1 + random.nextInt(3));
        }
    }

    /** Calls whose arguments come in turn, piece by piece; without indexes one call after the other. */
    private void calls(int count) {
        int first = names.size();
        List<String> rests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("tool" + names.size());
            String whole = "{\"value\":" + Translations.JSON.text(piece() + "{\"}[") + "}";
            arguments.add(whole);
            rests.add(whole);
            begin(first + i);
            if (!indexed || random.nextBoolean()) {
                go(first, rests, i, whole.length());
            }
        }
        while (rests.stream().anyMatch(rest -> !rest.isEmpty())) {
            int i = random.nextInt(count);
            go(first, rests, i, 1 + random.nextInt(9));
            if (random.nextInt(5) == 0) {
                delta(object().put("content", ""));
            }
        }
    }

    private void begin(int call) {
        ObjectNode element = element(call).put("id", "call_" + call).put("type", "function");
        element.putObject("function").put("name", names.get(call)).put("arguments", "");
        callDelta(element);
    }

    private void go(int first, List<String> rests, int i, int most) {
        String rest = rests.get(i);
        if (!rest.isEmpty()) {
            int length = Math.min(most, rest.length());
            ObjectNode element = element(first + i);
            element.putObject("function").put("arguments", rest.substring(0, length));
            rests.set(i, rest.substring(length));
            callDelta(element);
        }
    }

    private ObjectNode element(int call) {
        return indexed ? object().put("index", call) : object();
    }

    private void callDelta(ObjectNode element) {
        ObjectNode delta = object();
        delta.putArray("tool_calls").add(element);
        delta(delta);
    }

    private String piece() {
        String[] pieces = {"a", "Grüße", "\n", "\"quoted\"", "😀", "\\", "</b>", " "};
        return pieces[random.nextInt(pieces.length)];
    }

    private ObjectNode chunk() {
        return object().put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("model", "m");
    }

    private void delta(ObjectNode delta) {
        ObjectNode chunk = chunk();
        chunk.putArray("choices").addObject().put("index", 0).set("delta", delta);
        event(chunk);
    }

    private void finish() {
        ObjectNode usage = object().put("prompt_tokens", 10).put("completion_tokens", 5);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 4);
        ObjectNode last = chunk();
        last.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", names.isEmpty() || random.nextInt(4) == 0 ? "stop" : "tool_calls")
                .putObject("delta");
        boolean together = random.nextBoolean();
        if (together) {
            last.set("usage", usage);
        }
        event(last);
        if (!together) {
            ObjectNode behind = chunk();
            behind.putArray("choices");
            behind.set("usage", usage);
            event(behind);
        }
        stream.append("data: [DONE]\n\n");
    }

    private void event(ObjectNode data) {
        // Half of a character at the end of a piece is an escape, as with servers.
        stream.append("data: ").append(Translations.JSON.exact(data).utf8()).append("\n\n");
    }
}
