package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {

    @TempDir
    private Path directory;

    private Settings defaults;

    @BeforeEach
    void readDefaults() {
        defaults = new LoadedSettings(directory).settings();
    }

    @Test
    void committedFilesAreFresh() throws IOException {
        for (GeneratedFile file : Reference.files()) {
            assertThat(Path.of(file.path()))
                    .as("%s is out of date: run ./ccproxy docs", file.path())
                    .content()
                    .isEqualTo(file.text());
        }
    }

    @Test
    void copyingTheExamplesChangesNothing() throws IOException {
        LoadedSettings copied = new LoadedSettings(directory)
                .yaml(Files.readString(Path.of("config.yaml.example")))
                .dotEnv(Files.readString(Path.of(".env.example")));

        assertThat(copied.settings()).isEqualTo(defaults);
        assertThat(copied.effective("server.port")).isEqualTo("3001 (default)");
    }

    @Test
    void uncommentedExamplesSetEveryKeyToItsDefault() {
        LoadedSettings yaml = new LoadedSettings(directory).yaml(uncommented(ExampleFiles.yaml(), ":"));
        assertThat(yaml.settings()).isEqualTo(defaults);
        assertThat(yaml.effective("server.port")).startsWith("3001 (config.yaml:");

        LoadedSettings dotEnv = new LoadedSettings(directory).yaml("").dotEnv(uncommented(ExampleFiles.dotEnv(), "="));
        assertThat(dotEnv.settings()).isEqualTo(defaults);
        assertThat(dotEnv.effective("server.port")).startsWith("3001 (.env:");
    }

    private static String uncommented(String text, String sign) {
        return text.replaceAll("(?m)^( *)# ([A-Za-z_]+" + sign + ")", "$1$2");
    }
}
