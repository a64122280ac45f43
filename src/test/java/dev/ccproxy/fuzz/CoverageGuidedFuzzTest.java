package dev.ccproxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What reads bytes from outside, under Jazzer: a few seconds each, or as long as {@code -Dccproxy.fuzz.seconds} says. Input
 * that fails is in the output, in Base64.
 */
class CoverageGuidedFuzzTest {

    private static final int SECONDS = Integer.getInteger("ccproxy.fuzz.seconds", 4);

    enum Target {
        SSE("dev.ccproxy.fuzz.SseTarget", "event: a\r\nid: 1\ndata: b\rdata: c\n\n:x\n\uFEFFretry: 5\n\n"),
        JSON("dev.ccproxy.fuzz.JsonTarget", "{\"a\":[1,-2.5e3,{\"b\":\"c\\\"\\u00e9\"}],\"d\":null}"),
        HEADERS(
                "dev.ccproxy.fuzz.HeadersTarget",
                "Connection:close, x-a\nAuthorization:Bearer sk-ant-0123456789\nX-A:b"),
        HTTP_FRONT(
                "dev.ccproxy.server.FrontTarget",
                "POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n0\r\nT: v\r\n\r\n");

        private final String className;
        private final String seed;

        Target(String className, String seed) {
            this.className = className;
            this.seed = seed;
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void noInputBreaksIt(Target target) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        Files.writeString(corpus.resolve("seed"), target.seed, StandardCharsets.UTF_8);
        Path output = folder.resolve("output");
        Process fuzzer = new ProcessBuilder(command(target, corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(fuzzer.waitFor()).as(() -> end(output)).isZero();
        assertThat(output).content().contains("Done ");
    }

    private static List<String> command(Target target, Path corpus) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx300m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className,
                "--instrumentation_includes=dev.ccproxy.**",
                // Of what Netty does to memory, JDK 25 lets it hook only a part, and then the hook itself fails.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                "-max_total_time=" + SECONDS,
                "-max_len=1000",
                corpus.toString());
    }

    private static String end(Path output) {
        try {
            List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException unreadable) {
            return "no output: " + unreadable;
        }
    }
}
