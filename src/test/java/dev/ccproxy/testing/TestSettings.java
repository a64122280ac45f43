package dev.ccproxy.testing;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.config.ConfigurationSources;
import dev.ccproxy.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as the program reads them, on free ports. */
public final class TestSettings {

    private TestSettings() {}

    /** Settings by key: {@code of(directory, "server.max_body_bytes", "1000")}; files of the directory count too. */
    public static Settings of(Path directory, String... settings) {
        return configured(directory, Map.of(), settings).settings();
    }

    /** The same with environment variables, and with what each setting comes from. */
    public static Configuration.Valid configured(Path directory, Map<String, String> environment, String... settings) {
        Map<String, String> options = new HashMap<>(Map.of(
                "server.port",
                "0",
                "dashboard.port",
                "0",
                "storage.db_path",
                directory.resolve("requests.db").toString(),
                "transcripts.dir",
                directory.resolve("claude").toString()));
        for (int i = 0; i < settings.length; i += 2) {
            options.put(settings[i], settings[i + 1]);
        }
        var sources = new ConfigurationSources(directory, environment, options, Optional.empty());
        return switch (Configuration.load(sources)) {
            case Configuration.Valid valid -> valid;
            case Configuration.Invalid(var problems) ->
                throw new AssertionError(List.copyOf(problems).toString());
        };
    }
}
