package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonCursor.Kind;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.sse.SseEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one answer for its {@link MessageFacts}: some hundred nanoseconds an event, a few kilobytes held.
 * Whatever it does not know says nothing. For one thread.
 */
public final class MessageFactsReader implements Consumer<SseEvent> {

    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_TEXT_CHARS = 800;
    private static final int MOST_INPUT_CHARS = 8_000;
    private static final int MOST_ERROR_CHARS = 1_000;

    private @Nullable String messageId;
    private @Nullable String model;
    private @Nullable String stopReason;
    private final UsageReader usage = new UsageReader();
    private @Nullable String tool;
    private int toolCount;
    private @Nullable String errorType;
    private @Nullable String errorMessage;
    private boolean complete;
    private long firstDeltaOffset = -1;
    private long firstBlockOffset = -1;

    private final CalledTools calls = new CalledTools();
    private long toolIndex = -1;
    private final StringBuilder toolInput = new StringBuilder();
    private @Nullable String toolArgument;
    private final StringBuilder text = new StringBuilder();

    /** The event that is being read. */
    private String type = "";

    private long index = -1;
    private @Nullable String partialInput;
    private boolean firstTool;
    private @Nullable StartedCall started;

    /** The call that the event begins: its index may stand behind it. */
    private record StartedCall(
            @Nullable String id,
            @Nullable String name,
            @Nullable Bytes input) {}

    @Override
    public void accept(SseEvent event) {
        type = "";
        index = -1;
        partialInput = null;
        firstTool = false;
        started = null;
        JsonCursor json = new JsonCursor(event.data());
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            eventMember(json, event.data());
        }
        ended(event, type.isEmpty() ? event.type() : type);
    }

    private void eventMember(JsonCursor json, Bytes data) {
        if (json.nameIs("type")) {
            String given = json.text(MOST_NAME_CHARS);
            type = given == null ? "" : given;
        } else if (json.nameIs("index")) {
            index = json.integer(-1);
        } else if (json.nameIs("message")) {
            message(json, data);
        } else if (json.nameIs("content_block")) {
            block(json, data);
        } else if (json.nameIs("delta")) {
            delta(json);
        } else if (json.nameIs("usage")) {
            usage.read(json);
        } else if (json.nameIs("error")) {
            error(json);
        }
    }

    /** What needs the whole event: its members may come in any order. */
    private void ended(SseEvent event, String name) {
        switch (name) {
            case "content_block_start" -> {
                if (firstBlockOffset < 0) {
                    firstBlockOffset = event.endOffset() - 1;
                }
                toolIndex = firstTool ? index : toolIndex;
                if (started != null) {
                    calls.start(index, started.id(), started.name(), started.input());
                }
            }
            case "content_block_delta" -> {
                if (firstDeltaOffset < 0) {
                    firstDeltaOffset = event.endOffset() - 1;
                }
                if (partialInput != null) {
                    calls.piece(index, partialInput);
                    if (index == toolIndex && toolInput.length() < MOST_INPUT_CHARS) {
                        toolInput.append(partialInput);
                    }
                }
            }
            case "message_stop" -> complete = true;
            default -> {
                // Pings, block ends, and what is still to come.
            }
        }
    }

    /** Reads an answer that is no stream. */
    void readAnswer(Bytes body) {
        JsonCursor json = new JsonCursor(body);
        if (!json.enterObject()) {
            return;
        }
        type = "";
        while (json.nextMember()) {
            if (json.nameIs("type")) {
                String given = json.text(MOST_NAME_CHARS);
                type = given == null ? "" : given;
            } else if (json.nameIs("error")) {
                error(json);
            } else {
                messageMember(json, body);
            }
        }
        complete = json.atEnd() && type.equals("message");
        if (!type.equals("message")) {
            messageId = null;
            model = null;
        }
    }

    /** The message begins, or begins anew. */
    private void message(JsonCursor json, Bytes data) {
        tool = null;
        toolCount = 0;
        toolIndex = -1;
        toolInput.setLength(0);
        toolArgument = null;
        calls.clear();
        text.setLength(0);
        complete = false;
        if (json.enterObject()) {
            while (json.nextMember()) {
                messageMember(json, data);
            }
        }
    }

    private void messageMember(JsonCursor json, Bytes body) {
        if (json.nameIs("id")) {
            messageId = json.text(MOST_NAME_CHARS);
        } else if (json.nameIs("model")) {
            model = json.text(MOST_NAME_CHARS);
        } else if (json.nameIs("stop_reason")) {
            stopReason(json);
        } else if (json.nameIs("usage")) {
            usage.read(json);
        } else if (json.nameIs("content") && json.enterArray()) {
            while (json.nextElement()) {
                block(json, body);
                if (started != null) {
                    calls.start(-1, started.id(), started.name(), started.input());
                    started = null;
                }
            }
        }
    }

    /** A block as it starts in a stream, or a whole one; {@code around} is the text in which the cursor stands. */
    private void block(JsonCursor json, Bytes around) {
        if (!json.enterObject()) {
            return;
        }
        String blockType = "";
        String id = null;
        String name = null;
        String said = null;
        Bytes input = null;
        while (json.nextMember()) {
            if (json.nameIs("type")) {
                String given = json.text(MOST_NAME_CHARS);
                blockType = given == null ? "" : given;
            } else if (json.nameIs("id")) {
                id = json.text(MOST_NAME_CHARS);
            } else if (json.nameIs("name")) {
                name = json.text(MOST_NAME_CHARS);
            } else if (json.nameIs("text") && text.length() < MOST_TEXT_CHARS) {
                said = json.text(MOST_TEXT_CHARS);
            } else if (json.nameIs("input")) {
                JsonSpan span = json.span();
                input = span == null ? null : span.of(around);
            } else if (json.nameIs("to") && blockType.equals("fallback")) {
                fallback(json);
            }
        }
        if (blockType.endsWith("tool_use")) {
            started = new StartedCall(id, name, input);
        }
        if (blockType.endsWith("tool_use") && toolCount++ == 0) {
            firstTool = true;
            tool = name;
            toolArgument = input == null ? null : ToolArgument.of(input);
        } else if (blockType.equals("text")) {
            text.append(text.isEmpty() ? "" : " ").append(said == null ? "" : said);
        }
    }

    /** Another model took over: it is the one that answers. */
    private void fallback(JsonCursor json) {
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("model")) {
                    model = json.text(MOST_NAME_CHARS);
                }
            }
        }
    }

    private void delta(JsonCursor json) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.nameIs("text")) {
                String said = text.length() < MOST_TEXT_CHARS ? json.text(MOST_TEXT_CHARS) : null;
                if (said != null) {
                    text.append(said);
                }
            } else if (json.nameIs("partial_json")) {
                partialInput = json.text();
            } else if (json.nameIs("stop_reason")) {
                stopReason(json);
            }
        }
    }

    private void stopReason(JsonCursor json) {
        String given = json.text(MOST_NAME_CHARS);
        stopReason = given == null ? stopReason : given;
    }

    private void error(JsonCursor json) {
        if (json.kind() == Kind.STRING) {
            errorMessage = json.text(MOST_ERROR_CHARS);
        } else if (json.enterObject()) {
            errorMessage = "";
            while (json.nextMember()) {
                if (json.nameIs("type")) {
                    errorType = json.text(MOST_NAME_CHARS);
                } else if (json.nameIs("message")) {
                    errorMessage = json.text(MOST_ERROR_CHARS);
                }
            }
        }
    }

    /** What the events so far say. */
    public MessageFacts facts() {
        return new MessageFacts(
                messageId,
                model,
                stopReason,
                usage.usage(),
                tool,
                toolCount,
                preview(),
                firstDeltaOffset >= 0 ? firstDeltaOffset : firstBlockOffset,
                errorType,
                errorMessage,
                complete,
                calls.calls(),
                text.isEmpty() ? null : text.substring(0, Math.min(text.length(), MOST_TEXT_CHARS)));
    }

    private @Nullable String preview() {
        String argument = toolArgument != null ? toolArgument : ToolArgument.of(Bytes.utf8(toolInput.toString()));
        String line = OneLine.of(argument != null ? argument : text.toString());
        return line.isEmpty() ? null : line;
    }
}
