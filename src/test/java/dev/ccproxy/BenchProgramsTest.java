package dev.ccproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that measure are run by hand, from their source: nothing else would tell that they no longer fit. */
class BenchProgramsTest {

    @TempDir
    Path classes;

    @Test
    void everyProgramFitsTheProgramThatItMeasures() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Path> programs;
        try (Stream<Path> files = Files.list(Path.of("bench"))) {
            programs = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(programs).isNotEmpty();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-d", classes.toString(), "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));

            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(programs))
                    .call();

            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
