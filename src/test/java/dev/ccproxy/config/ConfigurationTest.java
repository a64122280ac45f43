package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    @TempDir
    private Path directory;

    private LoadedSettings given() {
        return new LoadedSettings(directory);
    }

    @Test
    void everythingHasADefault() {
        Settings settings = given().settings();

        assertThat(settings.server().host()).isEqualTo("127.0.0.1");
        assertThat(settings.server().port()).isEqualTo(3001);
        assertThat(settings.server().publicUrl()).isEmpty();
        assertThat(settings.server().readTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.server().maxBodyBytes()).isZero();
        assertThat(settings.server().drain())
                .isEqualTo(new DrainSettings(Duration.ofSeconds(30), Duration.ofMinutes(32)));
        assertThat(settings.dashboard().port()).isEqualTo(5174);
        assertThat(settings.anthropic().name()).isEqualTo("anthropic");
        assertThat(settings.anthropic().baseUrl()).isEqualTo(URI.create("https://api.anthropic.com"));
        assertThat(settings.anthropic().httpVersion()).isEqualTo(ProviderSettings.HttpVersion.HTTP_1_1);
        assertThat(settings.anthropic().responseHeaderTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.anthropic().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.storage()).isEqualTo(new StorageSettings(Path.of("requests.db"), 64L << 20, 256L << 20));
        assertThat(settings.outboundProxy()).isEqualTo(OutboundProxySettings.none());
    }

    @Test
    void eachSourceIsStrongerThanTheOneBefore() {
        LoadedSettings given = given();
        assertThat(given.effective("server.port")).isEqualTo("3001 (default)");
        given.yaml("# first line\nserver:\n  port: 3002\n");
        assertThat(given.effective("server.port")).isEqualTo("3002 (config.yaml:3)");
        given.dotEnv("\nPORT=3003\n");
        assertThat(given.effective("server.port")).isEqualTo("3003 (.env:2)");
        given.environment("PORT", "3004");
        assertThat(given.effective("server.port")).isEqualTo("3004 (environment PORT)");
        given.option("server.port", "3005");
        assertThat(given.effective("server.port")).isEqualTo("3005 (option --server.port)");
        assertThat(given.settings().server().port()).isEqualTo(3005);
    }

    @Test
    void emptyValuesCountAsNotSet() {
        LoadedSettings given = given().yaml("server:\n  port:\n  host: ''\nlog:\n")
                .dotEnv("PORT=\nHTTPS_PROXY=''\n")
                .environment("DB_PATH", "")
                .environment("AUTH_TOKEN", "")
                .option("log.level", "");

        assertThat(given.settings()).isEqualTo(new LoadedSettings(directory.resolve("none")).settings());
    }

    @Test
    void theNamedFileTakesTheDefaultFilesPlace() {
        LoadedSettings given = given().yaml("server: {port: 3002}\n")
                .file("variable.yaml", "server: {port: 3003}\n")
                .file("option.yaml", "server: {port: 3004}\n");

        assertThat(given.environment("CONFIG_PATH", "variable.yaml").effective("server.port"))
                .isEqualTo("3003 (variable.yaml:1)");
        assertThat(given.named("option.yaml").effective("server.port")).isEqualTo("3004 (option.yaml:1)");
    }

    @Test
    void aNamedFileThatIsMissingIsAMistake() {
        assertThat(given().named("absent.yaml").problems())
                .containsExactly("option --config: absent.yaml: must be a file that exists");
        assertThat(given().environment("CONFIG_PATH", "absent.yaml").problems())
                .containsExactly("environment CONFIG_PATH: absent.yaml: must be a file that exists");
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        List<String> problems = given().yaml("server:\n  prot: 3002\n  port: 70000\n")
                .dotEnv("READ_TIMEOUT=soon\n")
                .environment("LOG_LEVEL", "chatty")
                .option("providers.anthropic.base_url", "ftp://example.com")
                .problems();

        assertThat(problems)
                .containsExactly(
                        "config.yaml:2: server.prot: unknown key; did you mean server.port?",
                        "config.yaml:3: server.port = 70000: must be a port from 0 to 65535, where 0 takes any free one",
                        ".env:1: server.timeouts.read = soon: must be a duration above zero such as 600 (seconds), 500ms,"
                                + " 30s, 10m or 1h",
                        "environment LOG_LEVEL: log.level = chatty: must be one of error, warn, info, debug",
                        "option --providers.anthropic.base_url: providers.anthropic.base_url = ftp://example.com: must be"
                                + " an http:// or https:// address with a host and without user, query or fragment, such"
                                + " as https://api.anthropic.com");
    }

    @Test
    void aValueIsCheckedEvenWhereAStrongerSourceReplacesIt() {
        assertThat(given().yaml("server: {port: high}")
                        .option("server.port", "3002")
                        .problems())
                .hasSize(1);
    }

    @Test
    void settingsOfFeaturesToComeAreRefused() {
        assertThat(given().yaml("storage:\n  database_url: postgres:///x\n").problems())
                .containsExactly("config.yaml:2: storage.database_url: is not supported by this version; remove it");
    }

    @Test
    void variablesOfOtherProgramsAreLeftAlone() {
        assertThat(given().environment("OPENAI_API_KEY", "secret")
                        .environment("CLAUDE_CONFIG_DIR", "/home/me/.claude")
                        .dotEnv("DATABASE_URL=postgres://localhost/shop\nSHOP_NAME=Corner\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void thePortsOfDashboardMustAgree() {
        assertThat(given().environment("SVELTE_PORT", "6000").effective("dashboard.port"))
                .isEqualTo("6000 (environment SVELTE_PORT)");
        assertThat(given().environment("SVELTE_PORT", "6000")
                        .environment("DASHBOARD_PORT", "6000")
                        .effective("dashboard.port"))
                .startsWith("6000");
        assertThat(given().environment("SVELTE_PORT", "6000")
                        .environment("DASHBOARD_PORT", "6001")
                        .problems())
                .containsExactly(
                        "environment DASHBOARD_PORT and environment SVELTE_PORT: dashboard.port = 6001 and 6000:"
                                + " DASHBOARD_PORT and SVELTE_PORT mean the same: set one of them, or both alike");
    }

    @Test
    void loopbackAddressesAreBoundWithoutFurtherQuestions() {
        for (String host : List.of("127.0.0.1", "127.8.9.10", "::1", "localhost")) {
            assertThat(given().environment("SERVER_HOST", host).problems())
                    .as(host)
                    .isEmpty();
        }
    }

    @Test
    void contradictionsNameBothSides() {
        assertThat(given().option("dashboard.port", "3001").problems())
                .containsExactly("default and option --dashboard.port: server.port = 3001 and dashboard.port = 3001:"
                        + " must differ");
        assertThat(given().option("server.drain.grace", "1h").problems())
                .singleElement()
                .asString()
                .contains("server.drain.grace = 1h and server.drain.ceiling = 32m");
        assertThat(given().option("storage.record.max_body_bytes", "1GiB").problems())
                .singleElement()
                .asString()
                .contains("storage.record.memory_bytes = 256MiB");
        assertThat(given().option("server.port", "0")
                        .option("dashboard.port", "0")
                        .problems())
                .isEmpty();
    }

    @Test
    void postgresComesLater() {
        assertThat(given().environment("DB_TYPE", "postgres").problems())
                .containsExactly("environment DB_TYPE: storage.db_type = postgres: must be sqlite, the only database of"
                        + " this version; PostgreSQL comes later");
    }

    @Test
    void proxyVariablesAreReadInBothSpellingsAndHidden() {
        LoadedSettings given = given().environment("https_proxy", "http://user:pass%40word@proxy.example.com:3128")
                .environment("NO_PROXY", "internal.example.com");

        OutboundProxySettings settings = given.settings().outboundProxy();

        assertThat(settings.proxyFor(URI.create("https://api.anthropic.com")))
                .contains(new OutboundProxy(
                        OutboundProxy.Kind.HTTP,
                        "proxy.example.com",
                        3128,
                        java.util.Optional.of(new OutboundProxy.Credentials("user", "pass@word"))));
        assertThat(settings.proxyFor(URI.create("http://api.anthropic.com"))).isEmpty();
        assertThat(settings.proxyFor(URI.create("https://internal.example.com")))
                .isEmpty();
        assertThat(given.effective("outbound_proxy.https"))
                .isEqualTo("http://***@proxy.example.com:3128 (environment https_proxy)");
        assertThat(settings.toString()).doesNotContain("pass");
        assertThat(given.environment("HTTPS_PROXY", "proxy.example.com").effective("outbound_proxy.https"))
                .isEqualTo("proxy.example.com (environment HTTPS_PROXY)");
    }

    @Test
    void aWrongProxyIsReportedWithoutItsPassword() {
        assertThat(given().environment("HTTPS_PROXY", "gopher://me:hush@proxy").problems())
                .singleElement()
                .asString()
                .contains("gopher://***@proxy")
                .doesNotContain("hush");
    }
}
