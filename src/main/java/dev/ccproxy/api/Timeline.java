package dev.ccproxy.api;

import dev.ccproxy.api.form.TimelineForm.Block;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads from the events of a stream when its parts came. For one thread. */
final class Timeline implements Consumer<SseEvent> {

    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_BLOCKS = 1_000;

    private final EventTimes times;
    private final List<Block> blocks = new ArrayList<>();
    private int pings;
    private @Nullable Double firstText;
    private @Nullable Double firstTool;

    Timeline(EventTimes times) {
        this.times = times;
    }

    @Override
    public void accept(SseEvent event) {
        switch (event.type()) {
            case "ping" -> pings++;
            case "content_block_start" -> start(event);
            case "content_block_stop" -> stop(event);
            default -> {
                // Says nothing about when a part begins or ends.
            }
        }
    }

    private void start(SseEvent event) {
        String[] typeAndName = block(event.data());
        Double at = times.millisOf(event);
        if (typeAndName[0].equals("text") && firstText == null) {
            firstText = at;
        }
        if (typeAndName[0].endsWith("tool_use") && firstTool == null) {
            firstTool = at;
        }
        if (blocks.size() < MOST_BLOCKS) {
            blocks.add(new Block(typeAndName[0], typeAndName[1].isEmpty() ? null : typeAndName[1], at, null));
        }
    }

    /** Blocks end in the order in which they began. */
    private void stop(SseEvent event) {
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.end() == null) {
                blocks.set(i, new Block(block.type(), block.name(), block.start(), times.millisOf(event)));
                return;
            }
        }
    }

    private static String[] block(Bytes data) {
        String type = "";
        String name = "";
        JsonCursor json = new JsonCursor(data);
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("content_block") && json.enterObject()) {
                    while (json.nextMember()) {
                        if (json.nameIs("type")) {
                            type = text(json);
                        } else if (json.nameIs("name")) {
                            name = text(json);
                        }
                    }
                }
            }
        }
        return new String[] {type, name};
    }

    private static String text(JsonCursor json) {
        String text = json.text(MOST_NAME_CHARS);
        return text == null ? "" : text;
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    int pings() {
        return pings;
    }

    @Nullable
    Double firstText() {
        return firstText;
    }

    @Nullable
    Double firstTool() {
        return firstTool;
    }
}
