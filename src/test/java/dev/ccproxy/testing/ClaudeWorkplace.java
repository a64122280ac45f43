package dev.ccproxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A throw-away home and project for the client, always at the same place within one test, because both paths stand in
 * what the client sends.
 */
public final class ClaudeWorkplace implements AutoCloseable {

    /** The last twenty characters are what the client asks a person to approve. */
    static final String API_KEY = "sk-ant-api03-not-a-real-key-0123456789abcdef";

    private final Path root;

    private ClaudeWorkplace(Path root) {
        this.root = root;
    }

    /** A new one with a readme file and the subagent {@code code-reviewer}. */
    public static ClaudeWorkplace create() throws IOException {
        ClaudeWorkplace workplace = new ClaudeWorkplace(Files.createTempDirectory("claude-workplace"));
        workplace.reset();
        return workplace;
    }

    /** As it was in the beginning. */
    public void reset() throws IOException {
        delete(root);
        Files.createDirectories(home().resolve(".claude"));
        Files.createDirectories(project().resolve(".claude/agents"));
        Files.writeString(project().resolve("README.md"), "# A project\n\nIt greets the world, café and 😀.\n");
        Files.writeString(project().resolve(".claude/agents/code-reviewer.md"), """
                ---
                name: code-reviewer
                description: Reviews a file and says what is wrong with it.
                tools: Read, Agent
                ---

                You look at one file and answer with one sentence about it.

                ---
                Rules stay rules.
                """);
        Files.writeString(
                home().resolve(".claude.json"), """
                {
                  "hasCompletedOnboarding": true,
                  "theme": "dark",
                  "numStartups": 3,
                  "customApiKeyResponses": {"approved": ["%s"], "rejected": []},
                  "projects": {"%s": {"hasTrustDialogAccepted": true, "hasCompletedProjectOnboarding": true}}
                }
                """.formatted(API_KEY.substring(API_KEY.length() - 20), project()));
    }

    public Path home() {
        return root.resolve("home");
    }

    public Path project() {
        return root.resolve("project");
    }

    /** Everything that the client wrote about its sessions, subagents included: the records of each file by its name. */
    public Map<String, List<JsonNode>> transcripts() throws IOException {
        Map<String, List<JsonNode>> records = new TreeMap<>();
        Path projects = home().resolve(".claude/projects");
        if (!Files.exists(projects)) {
            return records;
        }
        try (Stream<Path> files = Files.walk(projects)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                records.put(
                        file.getFileName().toString(),
                        Files.readAllLines(file).stream()
                                .map(JsonMapper.shared()::readTree)
                                .toList());
            }
        }
        return records;
    }

    @Override
    public void close() {
        try {
            delete(root);
        } catch (IOException stillUsed) {
            throw new UncheckedIOException(stillUsed);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
