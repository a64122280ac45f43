package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the launcher in a folder of its own, on a machine that has nothing but the basic tools and what the test puts
 * there: fake java, mvn, npm or claude, which are shell scripts.
 */
final class LauncherBench {

    private static final String BASH = "#!/usr/bin/env bash\n";
    private static final long PATIENCE_SECONDS = 60;

    /** Everything from the operating system that the launcher may rely on. */
    private static final List<String> BASIC_TOOLS = List.of(
            "bash",
            "cat",
            "cksum",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "sort",
            "tail",
            "tee",
            "tr",
            "xargs");

    private final Path root;
    private final Path tools;
    private final Path workingDirectory;
    private final Map<String, String> environment = new TreeMap<>();

    /** What a call of the launcher left behind. */
    record Ended(int exitCode, String output, String errors, long processId) {}

    LauncherBench(Path directory) throws IOException {
        // Blanks in paths are where shell scripts break.
        root = Files.createDirectories(directory.resolve("the project"));
        tools = Files.createDirectories(directory.resolve("tools"));
        workingDirectory = Files.createDirectories(directory.resolve("working directory"));
        copyLauncher();
        for (String tool : BASIC_TOOLS) {
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("CCPROXY_CACHE", directory.resolve("cache").toString());
        environment.put("CCPROXY_JDK_FOLDERS", "");
        environment.put("CCPROXY_MAVEN_FOLDERS", "");
        environment.put("CCPROXY_START_CACHE", "off");
    }

    private void copyLauncher() throws IOException {
        for (String file : List.of("ccproxy", "run.sh")) {
            Files.copy(Path.of(file), root.resolve(file));
        }
        Files.createDirectories(root.resolve("launcher"));
        try (Stream<Path> scripts = Files.list(Path.of("launcher"))) {
            for (Path script : scripts.toList()) {
                Files.copy(script, root.resolve("launcher").resolve(script.getFileName()));
            }
        }
        source("pom.xml", "<project/>");
        source("src/main/java/Some.java", "class Some {}");
        source("src/test/resources/claude-code.version", "1.2.3\n");
        source("src/test/resources/sdk-clients.versions", "some-sdk@4.5.6 other@7.8.9\n");
        source("src/test/resources/sdk-clients-java.versions", "org.some:some-java:1.0 org.other:other-java:2.0\n");
    }

    private static Path find(String tool) {
        return Stream.of(Objects.requireNonNull(System.getenv("PATH")).split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(tool + " is not installed"));
    }

    Path root() {
        return root;
    }

    LauncherBench environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    LauncherBench source(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        return this;
    }

    /** Puts a program on the PATH. */
    LauncherBench tool(String name, String script) throws IOException {
        executable(tools.resolve(name), BASH + script + "\n");
        return this;
    }

    /** Makes a JDK whose java is this script, and points JAVA_HOME to it. */
    LauncherBench jdk(String version, String script) throws IOException {
        Path home = Files.createDirectories(root.resolveSibling("jdk " + version));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/java"), BASH + script + "\n");
        executable(home.resolve("bin/javac"), BASH + "exit 1\n");
        environment.put("JAVA_HOME", home.toString());
        return this;
    }

    /** A Maven that notes its arguments in mvn.log and leaves a jar behind. */
    LauncherBench maven() throws IOException {
        return tool("mvn", """
                echo "$@" >>"%1$s/mvn.log"
                echo "[INFO] --- compiler:1:compile (default) @ x ---"
                mkdir -p "%1$s/target"
                echo built $RANDOM >"%1$s/target/ccproxy.jar"
                """.formatted(root));
    }

    List<String> mavenCalls() throws IOException {
        Path log = root.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    Ended run(String... arguments) throws Exception {
        return runScript("ccproxy", arguments);
    }

    Ended runScript(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> output = reading(process.getInputStream());
        CompletableFuture<String> errors = reading(process.getErrorStream());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        return new Ended(process.exitValue(), output.join(), errors.join(), process.pid());
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException broken) {
                        return "unreadable: " + broken;
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}
