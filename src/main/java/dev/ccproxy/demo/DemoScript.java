package dev.ccproxy.demo;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people ask in the demo, and what the model does then. */
record DemoScript(List<Session> sessions) {

    private static final String FILE = "sessions.json";

    /** What one person does in one folder. */
    record Session(String title, String directory, String model, List<Turn> turns) {}

    /** A prompt and the steps until the model is done with it. */
    record Turn(String prompt, List<Step> steps) {}

    /**
     * One request and its answer.
     *
     * @param rewrites whether the client first changes its first message, which breaks the cache
     * @param refused status of an answer that goes before, because the model is overloaded
     */
    record Step(
            @Nullable String thinking,
            @Nullable String text,
            @Nullable List<ToolCall> calls,
            boolean rewrites,
            @Nullable Integer refused,
            @Nullable Agent agent) {

        List<ToolCall> allCalls() {
            return calls == null ? List.of() : calls;
        }
    }

    /** A call of a tool and what comes of it. */
    record ToolCall(String name, JsonNode input, String result, boolean failed) {}

    /** A subagent that the step's call starts. */
    record Agent(String type, String model, String prompt, List<Step> steps) {}

    static DemoScript read() {
        try (InputStream file = Objects.requireNonNull(DemoScript.class.getResourceAsStream(FILE), FILE)) {
            return new Json()
                    .read(Bytes.wrap(file.readAllBytes()), DemoScript.class)
                    .orElseThrow(() -> new IllegalStateException(FILE + " is not of its form"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
