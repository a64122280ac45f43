package dev.ccproxy.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The real client, {@code @anthropic-ai/claude-code}, in the version of {@code claude-code.version}. It is installed into
 * a cache folder by {@code ./ccproxy test}; where it is missing, tests that need it are skipped, or fail under
 * {@code -Dccproxy.required=true}.
 *
 * @param executable the installed program
 */
public record ClaudeCode(Path executable) {

    /** The installed client; ends the test where there is none. */
    public static ClaudeCode installed() {
        String version = version();
        Path executable = cache().resolve("claude-" + version).resolve("node_modules/.bin/claude");
        if (Files.isExecutable(executable)) {
            return new ClaudeCode(executable);
        }
        String missing = "Claude Code " + version + " is not installed (" + executable
                + " is missing): ./ccproxy test installs it";
        return Boolean.getBoolean("ccproxy.required") ? fail(missing) : abort(missing);
    }

    static Path cache() {
        String own = System.getenv("CCPROXY_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own);
        }
        String shared = System.getenv("XDG_CACHE_HOME");
        Path caches = shared != null && !shared.isEmpty()
                ? Path.of(shared)
                : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("ccproxy");
    }

    private static String version() {
        return resource("/claude-code.version");
    }

    /** The text of a resource of the tests, without white space around it. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ClaudeCode.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
