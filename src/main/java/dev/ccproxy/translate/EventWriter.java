package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Writes server-sent events, each at once. */
final class EventWriter {

    private final Json json;
    private final Consumer<Bytes> client;

    EventWriter(Json json, Consumer<Bytes> client) {
        this.json = json;
        this.client = client;
    }

    void named(String type, JsonNode data) {
        write("event: " + type + "\ndata: ", json.exact(data));
    }

    void unnamed(JsonNode data) {
        write("data: ", json.exact(data));
    }

    void unnamed(String data) {
        write("data: ", Bytes.utf8(data));
    }

    private void write(String head, Bytes data) {
        byte[] start = Bytes.utf8(head).toByteArray();
        byte[] event = new byte[start.length + data.length() + 2];
        System.arraycopy(start, 0, event, 0, start.length);
        data.copyTo(event, start.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        client.accept(Bytes.wrap(event));
    }
}
