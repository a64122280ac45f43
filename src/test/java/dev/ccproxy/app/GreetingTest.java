package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static Settings settings(Map<String, String> options) {
        ConfigurationSources sources =
                new ConfigurationSources(Path.of("no such folder"), Map.of(), options, Optional.empty());
        return Configuration.load(sources) instanceof Configuration.Valid valid
                ? valid.settings()
                : throwInvalid(options);
    }

    private static Settings throwInvalid(Map<String, String> options) {
        throw new IllegalArgumentException("invalid: " + options);
    }

    @Test
    void itSaysWhereEverythingIs() {
        String greeting = Greeting.of(settings(Map.of("storage.db_path", "kept.db")), 3001, 5174);

        assertThat(greeting)
                .contains("http://127.0.0.1:3001  to  https://api.anthropic.com\n")
                .contains("http://127.0.0.1:5174")
                .contains(Path.of("kept.db").toAbsolutePath().toString())
                .contains("  export ANTHROPIC_BASE_URL=http://127.0.0.1:3001\n");
    }

    @Test
    void itNamesTheOutboundProxyWithoutItsPassword() {
        String greeting = Greeting.of(settings(Map.of("outbound_proxy.https", "http://me:hush@proxy:3128")), 1, 2);

        assertThat(greeting).contains("through proxy:3128").doesNotContain("hush");
    }

    @Test
    void addressesOfVersionSixAreBracketed() {
        assertThat(Greeting.of(settings(Map.of("server.host", "::1")), 3001, 5174))
                .contains("ANTHROPIC_BASE_URL=http://[::1]:3001\n");
    }
}
