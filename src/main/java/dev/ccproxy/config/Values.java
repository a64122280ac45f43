package dev.ccproxy.config;

import dev.ccproxy.translate.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The strongest value of every key; all of them can be read. */
final class Values {

    private final Map<String, Given> strongest;

    Values(Map<String, Given> strongest) {
        this.strongest = Map.copyOf(strongest);
    }

    <T> T get(Key<T> key) {
        return key.read(given(key).text())
                .orElseThrow(() -> new IllegalStateException("unchecked value of " + key.path()));
    }

    Given given(Key<?> key) {
        return strongest.getOrDefault(key.path(), new Given(key, key.defaultText(), new Origin.BuiltIn()));
    }

    boolean isGiven(Key<?> key) {
        return strongest.containsKey(key.path());
    }

    /** The names of all providers that something is said about, but for the one that requests go to anyway. */
    Set<String> providers() {
        Set<String> names = new TreeSet<>(Set.of(ProviderSettings.OPENAI));
        strongest.keySet().forEach(path -> ProviderKeys.providerIn(path).ifPresent(names::add));
        names.remove(ProviderSettings.ANTHROPIC);
        return names;
    }

    List<EffectiveSetting> effective() {
        Stream<Key<?>> ofProviders = providers().stream()
                .flatMap(provider -> ProviderKeys.of(provider).stream())
                .filter(this::isGiven);
        return Stream.concat(Keys.all().stream(), ofProviders)
                .map(this::given)
                .map(given ->
                        new EffectiveSetting(given.key().path(), given.key().shown(given.text()), given.origin()))
                .toList();
    }

    Settings settings() {
        return new Settings(
                server(),
                new DashboardSettings(get(Keys.DASHBOARD_PORT), get(Keys.DASHBOARD_PASSWORD)),
                auth(),
                new CorsSettings(get(Keys.CORS_ALLOWED_ORIGINS)),
                anthropic(),
                new RoutingSettings(new ProviderValues(this).all(), subagents(), get(Keys.ROUTES)),
                new StorageSettings(get(Keys.DB_PATH), get(Keys.RECORD_MAX_BODY), get(Keys.RECORD_MEMORY)),
                new RetentionSettings(
                        get(Keys.RETENTION_AGE), get(Keys.RETENTION_SIZE), get(Keys.RETENTION_BODIES_AGE)),
                get(Keys.SEARCH_INDEX),
                new TranscriptSettings(get(Keys.TRANSCRIPTS_ENABLED), get(Keys.TRANSCRIPTS_DIR)),
                get(Keys.PRICING),
                new LogSettings(get(Keys.LOG_LEVEL), get(Keys.LOG_FORMAT)),
                new OutboundProxySettings(get(Keys.HTTPS_PROXY), get(Keys.HTTP_PROXY), get(Keys.NO_PROXY)));
    }

    private ServerSettings server() {
        return new ServerSettings(
                get(Keys.SERVER_HOST),
                get(Keys.SERVER_PORT),
                get(Keys.PUBLIC_URL),
                get(Keys.READ_TIMEOUT),
                get(Keys.WRITE_TIMEOUT),
                get(Keys.IDLE_TIMEOUT),
                get(Keys.MAX_BODY_BYTES),
                get(Keys.ALLOWED_HOSTS),
                get(Keys.TRUST_PROXY),
                get(Keys.TRUSTED_PROXIES),
                new DrainSettings(get(Keys.DRAIN_GRACE), get(Keys.DRAIN_CEILING)));
    }

    /** Behind a reverse proxy everybody seems to be on this machine, so the bypass has to be asked for. */
    private AuthSettings auth() {
        boolean bypass = get(Keys.AUTH_ALLOW_LOCALHOST_BYPASS)
                && (!get(Keys.TRUST_PROXY) || isGiven(Keys.AUTH_ALLOW_LOCALHOST_BYPASS));
        return new AuthSettings(
                get(Keys.AUTH_ENABLED),
                get(Keys.AUTH_TOKEN),
                get(Keys.AUTH_API_KEY_HEADER),
                bypass,
                get(Keys.AUTH_TOKENS));
    }

    ProviderSettings anthropic() {
        return new ProviderSettings(
                "anthropic",
                get(Keys.ANTHROPIC_BASE_URL),
                get(Keys.ANTHROPIC_VERSION),
                get(Keys.ANTHROPIC_HTTP_VERSION),
                get(Keys.ANTHROPIC_RESPONSE_HEADER_TIMEOUT),
                get(Keys.ANTHROPIC_CONNECT_TIMEOUT),
                get(Keys.ANTHROPIC_STREAM_SILENCE_TIMEOUT),
                get(Keys.ANTHROPIC_TOTAL_TIMEOUT),
                new ProviderSettings.Retries(get(Keys.ANTHROPIC_MAX_RETRIES), get(Keys.ANTHROPIC_RETRY_STATUSES)),
                get(Keys.ANTHROPIC_DEMOTE_NONSTREAMING),
                get(Keys.ANTHROPIC_CA_FILE),
                new ProviderSettings.Api(Format.ANTHROPIC_MESSAGES, Optional.empty(), Set.of(), 0),
                new ProviderSettings.Credential(get(Keys.ANTHROPIC_API_KEY), Optional.empty(), List.of()));
    }

    /** The variable alone enables, as it does in the original. */
    private SubagentSettings subagents() {
        boolean bySetting = get(Keys.SUBAGENTS_ENABLE);
        boolean byVariable = !isGiven(Keys.SUBAGENTS_ENABLE)
                && isVariable(given(Keys.SUBAGENT_MAPPINGS).origin());
        List<Path> directories = new ArrayList<>();
        directories.add(Path.of(".claude", "agents").toAbsolutePath());
        directories.addAll(get(Keys.SUBAGENT_DIRECTORIES));
        directories.add(get(Keys.TRANSCRIPTS_DIR).resolve("agents"));
        return new SubagentSettings(
                bySetting || byVariable, get(Keys.SUBAGENT_MAPPINGS), directories, get(Keys.SUBAGENT_INCLUDE_MAIN));
    }

    private static boolean isVariable(Origin origin) {
        return origin instanceof Origin.EnvironmentVariable
                || (origin instanceof Origin.FileLine line && line.file().equals(DotEnvFile.NAME));
    }
}
