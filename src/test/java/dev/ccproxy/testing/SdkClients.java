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
 * The official client libraries: {@code @anthropic-ai/sdk} and {@code openai} under Node in the versions of
 * {@code sdk-clients.versions}, {@code anthropic-java} and {@code openai-java} in those of
 * {@code sdk-clients-java.versions}, each in a process of its own. They are installed like {@link ClaudeCode}, and missed in
 * the same way.
 */
public final class SdkClients {

    private static final Path SCRIPTS = Path.of("src/test/resources").toAbsolutePath();

    private final List<String> command;

    private SdkClients(List<String> command) {
        this.command = command;
    }

    /** The installed libraries for Node; ends the test where there are none. */
    public static SdkClients installed() {
        Path folder = folder("sdks", "/sdk-clients.versions");
        return new SdkClients(List.of("node", SCRIPTS.resolve("sdk-clients.mjs").toString(), folder.toString()));
    }

    /** Those for Java. Their own libraries are older than ours, so they are kept apart from them. */
    public static SdkClients installedForJava() {
        Path folder = folder("java-sdks", "/sdk-clients-java.versions");
        return new SdkClients(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder.resolve("lib") + "/*",
                SCRIPTS.resolve("SdkClients.java").toString()));
    }

    private static Path folder(String kind, String resource) {
        String versions = ClaudeCode.resource(resource);
        Path folder = ClaudeCode.cache()
                .resolve(kind + "-" + versions.replaceAll("[^A-Za-z0-9.]+", "-").replaceFirst("^-", ""));
        if (Files.exists(folder.resolve("installed"))) {
            return folder;
        }
        String missing = "the client libraries " + versions + " are not installed: ./ccproxy test installs them";
        return Boolean.getBoolean("ccproxy.required") ? fail(missing) : abort(missing);
    }

    /**
     * What they read: for each line {@code {"name","format","stream"}}, or {@code {"name","format","url","model"}} where a
     * server is to be asked, a line {@code {"name","message"}} or {@code {"name","error"}}.
     */
    public List<String> read(List<String> lines) throws IOException, InterruptedException {
        Path input = Files.createTempFile("sdk-clients", ".in");
        Path output = Files.createTempFile("sdk-clients", ".out");
        try {
            Files.write(input, lines);
            Process node = new ProcessBuilder(command)
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(node.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
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
