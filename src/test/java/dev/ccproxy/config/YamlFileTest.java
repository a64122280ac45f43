package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

    @TempDir
    private Path directory;

    private static List<String> problems(String yaml) {
        return YamlFile.parse(yaml, "config.yaml").problems().stream()
                .map(Problem::sentence)
                .toList();
    }

    private static List<String> givens(String yaml) {
        return YamlFile.parse(yaml, "config.yaml").givens().stream()
                .map(given -> given.key().path() + "=" + given.text() + "@"
                        + given.origin().description())
                .toList();
    }

    @Test
    void valuesKeepTheirTextAndLine() {
        assertThat(givens("""
                        providers:
                          anthropic:
                            version: 2023-06-01   # a date to YAML, a text to us
                            http_version: 1.1
                        server:
                          allowed_hosts: [a.example, b.example]
                        """))
                .containsExactly(
                        "providers.anthropic.version=2023-06-01@config.yaml:3",
                        "providers.anthropic.http_version=1.1@config.yaml:4",
                        "server.allowed_hosts=a.example,b.example@config.yaml:6");
    }

    @Test
    void emptyFilesAndSectionsSetNothing() {
        for (String yaml : List.of("", "# only a comment\n", "server:\n", "server:\n  timeouts:\n", "~")) {
            assertThat(YamlFile.parse(yaml, "config.yaml")).as(yaml).isEqualTo(Reading.empty());
        }
    }

    @Test
    void whatIsNotYamlIsReportedWithItsLine() {
        assertThat(problems("server:\n  port: [1\n")).singleElement().asString().startsWith("config.yaml:3: not YAML:");
        assertThat(problems("a: 1\n---\nb: 2\n")).singleElement().asString().contains("not YAML");
        assertThat(problems("- 1\n")).singleElement().asString().contains("must hold keys and values");
    }

    @Test
    void wrongShapesAreReported() {
        assertThat(problems("server: 3001\n"))
                .containsExactly("config.yaml:1: server: is a section: its keys go below it, indented");
        assertThat(problems("server:\n  port: {a: 1}\n"))
                .singleElement()
                .asString()
                .contains("must be a port");
        assertThat(problems("server:\n  port: [1]\n"))
                .singleElement()
                .asString()
                .contains("must be a port");
        assertThat(problems("server:\n  port: 1\n  port: 2\n"))
                .containsExactly("config.yaml:3: server.port: is there twice; keep one");
        assertThat(problems("server:\n  ? [a]\n  : 1\n"))
                .singleElement()
                .asString()
                .contains("must be plain text");
    }

    @Test
    void aliasesThatContainThemselvesEnd() {
        assertThat(problems("server: &all\n  timeouts: *all\n")).isNotEmpty();
    }

    @Test
    void unknownKeysComeWithASuggestion() {
        assertThat(problems("sever: {port: 1}\n"))
                .containsExactly("config.yaml:1: sever: unknown key; did you mean server?");
        assertThat(problems("providers:\n  antropic:\n    base_url: x\n"))
                .containsExactly("config.yaml:2: providers.antropic: unknown key; did you mean providers.anthropic?");
        assertThat(problems("providers:\n  Local:\n    base_url: x\n"))
                .containsExactly("config.yaml:2: providers.Local: a provider's name is made of lower-case letters,"
                        + " digits, - and _");
        assertThat(problems("providers:\n  local:\n    base_ulr: x\n"))
                .containsExactly(
                        "config.yaml:3: providers.local.base_ulr: unknown key; did you mean providers.local.base_url?");
        assertThat(problems("completely_else: 1\n"))
                .containsExactly("config.yaml:1: completely_else: unknown key; docs/configuration.md lists all");
    }

    @Test
    void otherEncodingsAreReported() throws IOException {
        Path file = Files.write(directory.resolve("latin1.yaml"), "# é".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(YamlFile.read(file, "latin1.yaml").problems())
                .containsExactly(new Problem("latin1.yaml", "the file", "must be UTF-8 text"));
    }
}
