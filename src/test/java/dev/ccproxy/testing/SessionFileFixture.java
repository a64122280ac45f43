package dev.ccproxy.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Session files as Claude Code writes them, made up line by line. For one thread. */
public final class SessionFileFixture {

    public static final String PROJECT = "-home-alice-shop";
    public static final String SESSION = "11111111-2222-3333-4444-555555555555";
    public static final String AGENT = "a0123456789abcdef";

    private final Path claude;

    /** {@code claude} is the client's folder, to be made with the first line. */
    public SessionFileFixture(Path claude) {
        this.claude = claude;
    }

    public Path session() {
        return session(PROJECT, SESSION);
    }

    public Path session(String project, String id) {
        return claude.resolve("projects").resolve(project).resolve(id + ".jsonl");
    }

    public Path subagent() {
        return claude.resolve("projects")
                .resolve(PROJECT)
                .resolve(SESSION)
                .resolve("subagents")
                .resolve("agent-" + AGENT + ".jsonl");
    }

    /** Adds lines to a file. */
    public void add(Path file, String... lines) throws IOException {
        append(file, String.join("\n", lines) + "\n");
    }

    /** Adds a text to a file as it is. */
    public void append(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                text.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /** The notes beside the subagent's file. */
    public void notes(String json) throws IOException {
        String name = "agent-" + AGENT + ".meta.json";
        Files.createDirectories(subagent().getParent());
        Files.writeString(subagent().resolveSibling(name), json);
    }

    public static String user(String second, String text) {
        return "{\"parentUuid\":null,\"isSidechain\":false,\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\""
                + text + "\"},\"uuid\":\"u" + second + "\",\"timestamp\":\"2026-11-24T08:00:" + second
                + ".000Z\",\"userType\":\"external\",\"cwd\":\"/home/alice/shop\",\"sessionId\":\"" + SESSION
                + "\",\"version\":\"2.1.330\",\"gitBranch\":\"main\"}";
    }

    /** One block of an answer, with the usage so far. */
    public static String block(String second, String messageId, String requestId, String text, long output) {
        return "{\"parentUuid\":\"u00\",\"isSidechain\":false,\"message\":{\"id\":\"" + messageId
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-5-5\",\"content\":[{\"type\":\"text\","
                + "\"text\":\"" + text + "\"}],\"usage\":{\"input_tokens\":3,\"cache_creation_input_tokens\":12,"
                + "\"cache_read_input_tokens\":100,\"output_tokens\":" + output
                + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":5,\"ephemeral_1h_input_tokens\":7}}},\"requestId\":\""
                + requestId + "\",\"type\":\"assistant\",\"uuid\":\"a" + second + "\",\"timestamp\":\"2026-11-24T08:00:"
                + second + ".000Z\",\"version\":\"2.1.330\"}";
    }
}
