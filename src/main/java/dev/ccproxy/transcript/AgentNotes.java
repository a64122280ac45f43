package dev.ccproxy.transcript;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client notes about a subagent beside its file ({@code agent-ID.meta.json}); null where it says nothing.
 *
 * @param agentType such as {@code code-reviewer}
 * @param description the parent's words for the task
 * @param toolUseId id of the parent's tool call that started it
 * @param spawnDepth 1 for a subagent of the main agent
 */
public record AgentNotes(
        @Nullable String agentType,
        @Nullable Boolean isBuiltIn,
        @Nullable String description,
        @Nullable String toolUseId,
        @Nullable Integer spawnDepth,
        @Nullable String model,
        @Nullable Boolean finished) {

    private static final Json JSON = new Json();
    private static final int MOST_BYTES = 1 << 20;

    /** Empty when the file is missing, a link, too long, or no such JSON. */
    static Optional<AgentNotes> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES ? Optional.empty() : JSON.read(Bytes.wrap(bytes), AgentNotes.class);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
