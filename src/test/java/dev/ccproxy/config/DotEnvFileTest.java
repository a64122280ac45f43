package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvFileTest {

    private static Map<String, String> values(String text) {
        return DotEnvFile.parse(text).variables().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    @Test
    void linesAreRead() {
        assertThat(values("""
                        # comment
                        PLAIN = some words   # and a comment
                        export EXPORTED=1
                        HASH=a#b
                        SINGLE='a "b" \\n # c' # comment
                        DOUBLE="a \\"b\\" \\n # c"
                        EMPTY=
                        TWICE=1
                        TWICE=2
                        """))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PLAIN", "some words",
                        "EXPORTED", "1",
                        "HASH", "a#b",
                        "SINGLE", "a \"b\" \\n # c",
                        "DOUBLE", "a \"b\" \n # c",
                        "EMPTY", "",
                        "TWICE", "2"));
    }

    @Test
    void quotesMaySpanLines() {
        DotEnvFile.Contents contents = DotEnvFile.parse("CERTIFICATE=\"one\ntwo\"\nPORT=3002\n");

        assertThat(contents.variables().get("CERTIFICATE"))
                .isEqualTo(new Variable("one\ntwo", new Origin.FileLine(".env", 1)));
        assertThat(contents.variables().get("PORT")).isEqualTo(new Variable("3002", new Origin.FileLine(".env", 3)));
    }

    @Test
    void mistakesNameTheLineButNeverShowIt() {
        assertThat(DotEnvFile.parse("PORT=1\nhush hush\nKEY='open\n").problems())
                .extracting(Problem::sentence)
                .containsExactly(
                        ".env:2: the line: must be NAME=value or a # comment",
                        ".env:3: KEY: has an opening ' but no closing one");
    }

    @Test
    void aFolderOfThatNameIsNotOurs(@TempDir Path directory) {
        assertThat(DotEnvFile.read(directory)).isEqualTo(new DotEnvFile.Contents(Map.of(), java.util.List.of()));
    }
}
