package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    /** A value of each key that is not its default. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("server.host", "::1"),
            Map.entry("server.port", "4001"),
            Map.entry("server.public_url", "https://proxy.example.com/ccproxy"),
            Map.entry("server.timeouts.read", "11m"),
            Map.entry("server.timeouts.write", "12m"),
            Map.entry("server.timeouts.idle", "90"),
            Map.entry("server.max_body_bytes", "32MiB"),
            Map.entry("server.allowed_hosts", "a.example.com,b.example.com"),
            Map.entry("server.trust_proxy", "true"),
            Map.entry("server.trusted_proxies", "10.0.0.0/8,::1"),
            Map.entry("server.drain.grace", "500ms"),
            Map.entry("server.drain.ceiling", "1h"),
            Map.entry("dashboard.port", "4002"),
            Map.entry("dashboard.password", "hush"),
            Map.entry("auth.enabled", "true"),
            Map.entry("auth.token", "hush"),
            Map.entry("auth.api_key_header", "x-proxy-token"),
            Map.entry("auth.allow_localhost_bypass", "false"),
            Map.entry("auth.tokens", "alice:proxy:" + "0".repeat(64)),
            Map.entry("cors.allowed_origins", "https://a.example.com,http://localhost:3000"),
            Map.entry("providers.anthropic.base_url", "http://localhost:9999/some/prefix"),
            Map.entry("providers.anthropic.version", "2026-01-01"),
            Map.entry("providers.anthropic.response_header_timeout", "0"),
            Map.entry("providers.anthropic.connect_timeout", "3s"),
            Map.entry("providers.anthropic.stream_silence_timeout", "20m"),
            Map.entry("providers.anthropic.total_timeout", "1h"),
            Map.entry("providers.anthropic.max_retries", "0"),
            Map.entry("providers.anthropic.retry_statuses", "429,529"),
            Map.entry("providers.anthropic.demote_nonstreaming", "true"),
            Map.entry("providers.anthropic.http_version", "2"),
            Map.entry("providers.anthropic.ca_file", "authority.pem"),
            Map.entry("providers.anthropic.api_key", "sk-ant-own"),
            Map.entry("providers.openai.api_key", "sk-openai"),
            Map.entry("providers.openai.base_url", "http://localhost:8000/v1"),
            Map.entry("providers.openai.api_format", "openai-chat"),
            Map.entry("subagents.enable", "true"),
            Map.entry("subagents.mappings", "code-reviewer:gpt-4o,data-analyst:o3"),
            Map.entry("subagents.directories", "team/agents,more/agents"),
            Map.entry("subagents.include_main", "true"),
            Map.entry("routes", "[{name: titles, kind: title, to: gpt-4o-mini, fallback: [claude-haiku-5-5]}]"),
            Map.entry("storage.db_path", "elsewhere/exchanges.db"),
            Map.entry("storage.record.max_body_bytes", "1024"),
            Map.entry("storage.record.memory_bytes", "128MiB"),
            Map.entry("storage.retention.age", "30d"),
            Map.entry("storage.retention.size", "1GiB"),
            Map.entry("storage.retention.bodies_age", "7d"),
            Map.entry("search.index", "words"),
            Map.entry("transcripts.enabled", "false"),
            Map.entry("transcripts.dir", "elsewhere/claude"),
            Map.entry("pricing", "[{model: claude-opus-5-5, input: 3, output: 15, source: contract}]"),
            Map.entry("log.level", "debug"),
            Map.entry("log.format", "json"),
            Map.entry("outbound_proxy.https", "http://proxy.example.com:3128"),
            Map.entry("outbound_proxy.http", "http://proxy.example.com:3129"),
            Map.entry("outbound_proxy.except", "*"));

    /** What must be set beside a key, in {@code .env}. */
    private static final Map<String, String> COMPANIONS =
            Map.of("auth.enabled", "AUTH_TOKEN=other", "auth.token", "AUTH_ENABLED=false");

    /** The only key with a single right value. */
    private static final String WITHOUT_CHOICE = "storage.db_type";

    @TempDir
    private Path directory;

    @TestFactory
    List<DynamicTest> everyKeyArrivesFromEverySource() throws IOException {
        Path authority = Files.writeString(directory.resolve("authority.pem"), "");
        return Keys.all().stream()
                .filter(key -> !key.path().equals(WITHOUT_CHOICE))
                .map(key -> DynamicTest.dynamicTest(key.path(), () -> {
                    assertThat(SAMPLES).as("samples").containsKey(key.path());
                    String sample = SAMPLES.getOrDefault(key.path(), "");
                    arrives(key, sample.equals("authority.pem") ? authority.toString() : sample);
                }))
                .toList();
    }

    private void arrives(Key<?> key, String sample) throws IOException {
        Path empty = Files.createTempDirectory(directory, "sources");
        Settings defaults = new LoadedSettings(empty).settings();
        new LoadedSettings(empty).dotEnv(COMPANIONS.getOrDefault(key.path(), ""));
        Settings fromOption = loaded(empty, key).option(key.path(), sample).settings();

        assertThat(fromOption).isNotEqualTo(defaults);
        assertThat(new LoadedSettings(empty).option(key.path(), sample).effective(key.path()))
                .isEqualTo(key.shown(sample) + " (option --" + key.path() + ")");
        for (String variable : key.environment()) {
            assertThat(loaded(empty, key).environment(variable, sample).settings())
                    .as(variable)
                    .isEqualTo(fromOption);
        }
        assertThat(loaded(empty, key).yaml(yaml(key.path(), sample)).settings()).isEqualTo(fromOption);
    }

    /** Sources for a key; the variable of one key means more than its value, unless that is said too. */
    private static LoadedSettings loaded(Path directory, Key<?> key) {
        LoadedSettings sources = new LoadedSettings(directory);
        return key.path().equals("subagents.mappings") ? sources.option("subagents.enable", "true") : sources;
    }

    private static String yaml(String path, String value) {
        int dot = path.indexOf('.');
        return dot == -1
                ? path + ": '" + value + "'"
                : path.substring(0, dot) + ": {" + yaml(path.substring(dot + 1), value) + "}";
    }

    @Test
    void namesAreUnique() {
        Set<String> names = new HashSet<>();
        for (Key<?> key : Keys.all()) {
            assertThat(names.add(key.path())).as(key.path()).isTrue();
            key.environment()
                    .forEach(name -> assertThat(names.add(name)).as(name).isTrue());
            assertThat(UnsupportedKeys.find(key.path())).as(key.path()).isEmpty();
        }
        UnsupportedKeys.all().stream()
                .flatMap(key -> key.environment().stream())
                .forEach(name -> assertThat(names.add(name)).as(name).isTrue());
    }

    @Test
    void defaultsCanBeRead() {
        for (Key<?> key : Keys.all()) {
            assertThat(key.read(key.defaultText())).as(key.path()).isPresent();
        }
    }
}
