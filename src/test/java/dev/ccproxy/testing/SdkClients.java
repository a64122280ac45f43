package dev.ccproxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The official client libraries {@code @anthropic-ai/sdk} and {@code openai} under Node, in the versions of
 * {@code sdk-clients.versions}. They are installed like {@link ClaudeCode}, and missed in the same way.
 */
public final class SdkClients {

    private final Path folder;

    private SdkClients(Path folder) {
        this.folder = folder;
    }

    /** The installed libraries; ends the test where there are none. */
    public static SdkClients installed() {
        String versions = ClaudeCode.resource("/sdk-clients.versions");
        Path folder = ClaudeCode.cache().resolve("sdks" + versions.replaceAll("[^A-Za-z0-9.]+", "-"));
        if (Files.exists(folder.resolve("installed"))) {
            return new SdkClients(folder);
        }
        String missing = "the client libraries " + versions + " are not installed: ./ccproxy test installs them";
        return Boolean.getBoolean("ccproxy.required") ? fail(missing) : abort(missing);
    }

    /**
     * What they read: for each line {@code {"name","format","stream"}}, or {@code {"name","format","url","model"}} where a
     * server is to be asked, a line {@code {"name","message"}} or {@code {"name","error"}}.
     */
    public List<String> read(List<String> lines) throws IOException, InterruptedException {
        Path script = Path.of("src/test/resources/sdk-clients.mjs").toAbsolutePath();
        Path input = Files.createTempFile("sdk-clients", ".in");
        Path output = Files.createTempFile("sdk-clients", ".out");
        try {
            Files.write(input, lines);
            Process node = new ProcessBuilder("node", script.toString(), folder.toString())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(node.waitFor(2, TimeUnit.MINUTES)).as("node ended").isTrue();
            assertThat(node.exitValue())
                    .as(Files.readString(output, StandardCharsets.UTF_8))
                    .isZero();
            return Files.readAllLines(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }
}
