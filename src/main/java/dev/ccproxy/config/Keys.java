package dev.ccproxy.config;

import dev.ccproxy.translate.Format;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of this version, in the order of the reference. */
public final class Keys {

    static final Key<String> SERVER_HOST = Key.of(
            "server.host",
            "SERVER_HOST",
            ValueTypes.HOST,
            "127.0.0.1",
            "Bind address of both ports; any other than a loopback address needs auth.enabled with a token, or"
                    + " server.trust_proxy.");
    static final Key<Integer> SERVER_PORT =
            Key.of("server.port", "PORT", ValueTypes.PORT, "3001", "Proxy port: where Claude Code connects.");
    static final Key<Optional<URI>> PUBLIC_URL = Key.of(
            "server.public_url",
            "PROXY_PUBLIC_URL",
            ValueTypes.BASE_URL.optional(),
            "",
            "Address shown in set-up instructions; without it, the address that the browser used.");
    static final Key<Duration> READ_TIMEOUT = Key.of(
            "server.timeouts.read",
            "READ_TIMEOUT",
            ValueTypes.POSITIVE_DURATION,
            "600s",
            "Longest time without a byte while a request is received; does not bound a whole exchange.");
    static final Key<Duration> WRITE_TIMEOUT = Key.of(
            "server.timeouts.write",
            "WRITE_TIMEOUT",
            ValueTypes.POSITIVE_DURATION,
            "600s",
            "Longest time that a client may accept no byte of its answer; does not bound a whole exchange.");
    static final Key<Duration> IDLE_TIMEOUT = Key.of(
            "server.timeouts.idle",
            "IDLE_TIMEOUT",
            ValueTypes.POSITIVE_DURATION,
            "600s",
            "How long an unused keep-alive connection stays open.");
    static final Key<Long> MAX_BODY_BYTES = Key.of(
            "server.max_body_bytes",
            "MAX_BODY_BYTES",
            ValueTypes.SIZE,
            "0",
            "Larger request bodies are answered with 413; 0 is no limit. Bodies stream, so none is needed.");
    static final Key<List<String>> ALLOWED_HOSTS = Key.of(
            "server.allowed_hosts",
            "ALLOWED_HOSTS",
            ValueTypes.HOSTS,
            "",
            "Further Host names that are answered, besides loopback names, the bind address and the host of"
                    + " server.public_url; any other is answered with 421.");
    static final Key<Boolean> TRUST_PROXY = Key.of(
            "server.trust_proxy",
            "TRUST_PROXY",
            ValueTypes.BOOLEAN,
            "false",
            "A reverse proxy in front decides who may come in: any bind address is taken, forwarded client addresses"
                    + " are believed, and a client on this machine gets no bypass unless"
                    + " auth.allow_localhost_bypass is set to true.");
    static final Key<List<Network>> TRUSTED_PROXIES = Key.of(
            "server.trusted_proxies",
            "TRUSTED_PROXIES",
            ValueTypes.NETWORKS,
            "loopback",
            "From which addresses X-Forwarded-For is believed when server.trust_proxy is true.");
    static final Key<Duration> DRAIN_GRACE = Key.of(
            "server.drain.grace",
            "DRAIN_GRACE",
            ValueTypes.DURATION,
            "30s",
            "How long new requests are still served after SIGTERM.");
    static final Key<Duration> DRAIN_CEILING = Key.of(
            "server.drain.ceiling",
            "DRAIN_CEILING",
            ValueTypes.DURATION,
            "32m",
            "Longest time that running exchanges may go on after SIGTERM.");

    static final Key<Integer> DASHBOARD_PORT = Key.of(
                    "dashboard.port",
                    "DASHBOARD_PORT",
                    ValueTypes.PORT,
                    "5174",
                    "Port of the dashboard; bound as the proxy port is.")
            .alsoFrom("SVELTE_PORT");

    static final Key<Optional<SecretHash>> DASHBOARD_PASSWORD = Key.of(
                    "dashboard.password",
                    "DASHBOARD_PASSWORD",
                    ValueTypes.SECRET.optional(),
                    "",
                    "Password of the dashboard and the API (HTTP basic authentication, any user name); its"
                            + " holder may change and delete.")
            .asSecret();

    static final Key<Boolean> AUTH_ENABLED = Key.of(
            "auth.enabled",
            "AUTH_ENABLED",
            ValueTypes.BOOLEAN,
            "false",
            "Whether requests under /v1 need a token of this proxy.");
    static final Key<Optional<SecretHash>> AUTH_TOKEN = Key.of(
                    "auth.token",
                    "AUTH_TOKEN",
                    ValueTypes.SECRET.optional(),
                    "",
                    "The token that everybody shares; sent as Authorization: Bearer TOKEN or in auth.api_key_header.")
            .asSecret();
    static final Key<String> AUTH_API_KEY_HEADER = Key.of(
            "auth.api_key_header",
            "AUTH_API_KEY_HEADER",
            ValueTypes.CREDENTIAL_HEADER,
            "x-api-key",
            "The other header in which a token may come.");
    static final Key<Boolean> AUTH_ALLOW_LOCALHOST_BYPASS = Key.of(
            "auth.allow_localhost_bypass",
            "AUTH_ALLOW_LOCALHOST_BYPASS",
            ValueTypes.BOOLEAN,
            "true",
            "Clients on this machine need no token, unless their request says that it was forwarded.");
    static final Key<List<AccessToken>> AUTH_TOKENS = Key.<List<AccessToken>>of(
                    "auth.tokens",
                    ValueTypes.ACCESS_TOKENS,
                    "",
                    "Tokens of their own for people and programs: name (recorded with each exchange), role and the"
                            + " SHA-256 of the token.")
            .asSecret();

    static final Key<List<String>> CORS_ALLOWED_ORIGINS = Key.of(
            "cors.allowed_origins",
            "CORS_ALLOWED_ORIGINS",
            ValueTypes.ORIGINS,
            "",
            "Origins of foreign web pages that may use the API from a browser; they need credentials like anybody"
                    + " else.");

    static final Key<URI> ANTHROPIC_BASE_URL = Key.of(
            "providers.anthropic.base_url",
            "ANTHROPIC_FORWARD_URL",
            ValueTypes.BASE_URL,
            "https://api.anthropic.com",
            "Where requests are forwarded to; a path is kept and put before the request's own.");
    static final Key<String> ANTHROPIC_VERSION = Key.of(
            "providers.anthropic.version",
            "ANTHROPIC_VERSION",
            ValueTypes.HEADER_VALUE,
            "2023-06-01",
            "Value of the anthropic-version header where the client sent none.");
    static final Key<Duration> ANTHROPIC_RESPONSE_HEADER_TIMEOUT = Key.of(
            "providers.anthropic.response_header_timeout",
            "ANTHROPIC_RESPONSE_HEADER_TIMEOUT",
            ValueTypes.DURATION,
            "300s",
            "Longest wait from the last request byte to the response head, and longest time before it that the upstream"
                    + " may take nothing of a request body that is there; 0 is no limit.");
    static final Key<Duration> ANTHROPIC_CONNECT_TIMEOUT = Key.of(
            "providers.anthropic.connect_timeout",
            "ANTHROPIC_CONNECT_TIMEOUT",
            ValueTypes.POSITIVE_DURATION,
            "10s",
            "Longest wait for a connection, TLS included.");
    static final Key<Duration> ANTHROPIC_STREAM_SILENCE_TIMEOUT = Key.of(
            "providers.anthropic.stream_silence_timeout",
            "ANTHROPIC_STREAM_SILENCE_TIMEOUT",
            ValueTypes.DURATION,
            "600s",
            "Longest time without a byte of an answer that has begun; 0 is no limit.");
    static final Key<Duration> ANTHROPIC_TOTAL_TIMEOUT = Key.of(
            "providers.anthropic.total_timeout",
            "ANTHROPIC_TOTAL_TIMEOUT",
            ValueTypes.DURATION,
            "0",
            "Longest time of a whole exchange; 0 is no limit.");
    static final Key<Integer> ANTHROPIC_MAX_RETRIES = Key.of(
            "providers.anthropic.max_retries",
            "ANTHROPIC_MAX_RETRIES",
            ValueTypes.RETRIES,
            "3",
            "How often a request is tried again that provably never reached the provider (no connection, or one that"
                    + " closed before the body began), or was answered with one of retry_statuses. Nothing else is: a"
                    + " paid request must not run twice.");
    static final Key<List<Integer>> ANTHROPIC_RETRY_STATUSES = Key.of(
            "providers.anthropic.retry_statuses",
            ValueTypes.STATUSES,
            "",
            "Statuses after which a request is tried again, after retry-after or half a second and more, before the"
                    + " client has seen anything. Claude Code repeats such requests by itself.");
    static final Key<Boolean> ANTHROPIC_DEMOTE_NONSTREAMING = Key.of(
            "providers.anthropic.demote_nonstreaming",
            "ANTHROPIC_DEMOTE_NONSTREAMING",
            ValueTypes.BOOLEAN,
            "false",
            "Whether a POST /v1/messages that asks for no stream is sent on with stream true, and the stream folded into"
                    + " the one answer that the client waits for.");
    static final Key<ProviderSettings.HttpVersion> ANTHROPIC_HTTP_VERSION = Key.of(
            "providers.anthropic.http_version",
            "ANTHROPIC_HTTP_VERSION",
            ValueTypes.oneOf(ProviderSettings.HttpVersion.class, ProviderSettings.HttpVersion::number),
            "1.1",
            "HTTP version spoken with the provider: 1.1 passes header names and reason phrases exactly,"
                    + " 2 shares connections.");
    static final Key<Optional<Path>> ANTHROPIC_CA_FILE = Key.of(
            "providers.anthropic.ca_file",
            "ANTHROPIC_CA_FILE",
            ValueTypes.READABLE_FILE.optional(),
            "",
            "PEM file of certificates that are trusted besides the JDK's own.");

    static final Key<Optional<ApiKey>> ANTHROPIC_API_KEY = Key.of(
                    "providers.anthropic.api_key",
                    RoutingTypes.API_KEY.optional(),
                    "",
                    "A key of your own that replaces the client's credential; without it that passes through. Has no"
                            + " variable, because ANTHROPIC_API_KEY is the client's.")
            .asSecret();

    static final Key<Optional<ApiKey>> OPENAI_API_KEY = Key.of(
                    "providers.openai.api_key",
                    "OPENAI_API_KEY",
                    RoutingTypes.API_KEY.optional(),
                    "",
                    "The key for OpenAI. Requests go there only where a mapping or a route says so.")
            .asSecret();
    static final Key<URI> OPENAI_BASE_URL = Key.of(
            "providers.openai.base_url",
            "OPENAI_BASE_URL",
            ValueTypes.BASE_URL,
            "https://api.openai.com",
            "Where requests for OpenAI are sent to; with or without /v1 at its end.");
    static final Key<Optional<Format>> OPENAI_API_FORMAT = Key.of(
            "providers.openai.api_format",
            ValueTypes.oneOf(Format.class, Format::label).optional(),
            "",
            "What is spoken there; without it openai-responses at the default address, openai-chat at any other.");

    static final Key<Boolean> SUBAGENTS_ENABLE = Key.of(
            "subagents.enable",
            ValueTypes.BOOLEAN,
            "false",
            "Whether subagents.mappings count. SUBAGENT_MAPPINGS alone enables them unless false is written here.");
    static final Key<List<SubagentSettings.Mapping>> SUBAGENT_MAPPINGS = Key.of(
            "subagents.mappings",
            "SUBAGENT_MAPPINGS",
            RoutingTypes.MAPPINGS,
            "",
            "Which model answers which subagent. The provider follows from the model's name, or stands before it:"
                    + " openrouter/qwen3. Mappings come before routes.");
    static final Key<List<Path>> SUBAGENT_DIRECTORIES = Key.of(
            "subagents.directories",
            RoutingTypes.DIRECTORIES,
            "",
            "Further folders with definitions of agents, looked at after .claude/agents in the working directory and"
                    + " before agents in Claude Code's own folder.");
    static final Key<Boolean> SUBAGENT_INCLUDE_MAIN = Key.of(
            "subagents.include_main",
            ValueTypes.BOOLEAN,
            "false",
            "Whether a session that was started as claude --agent NAME counts as that agent too.");
    static final Key<List<RouteSettings>> ROUTES = Key.of(
            "routes",
            RoutingTypes.ROUTES,
            "",
            "Rules in their order; the first that matches decides, and what none matches goes to anthropic as it is."
                    + " docs/routing.md tells what a rule may say.");

    static final Key<StorageSettings.DatabaseType> DB_TYPE =
            Key.of("storage.db_type", "DB_TYPE", ValueTypes.DATABASE_TYPE, "sqlite", "Kind of database.");
    static final Key<Path> DB_PATH =
            Key.of("storage.db_path", "DB_PATH", ValueTypes.FILE, "requests.db", "The SQLite file; made when missing.");
    static final Key<Long> RECORD_MAX_BODY = Key.of(
            "storage.record.max_body_bytes",
            "RECORD_MAX_BODY",
            ValueTypes.SIZE,
            "64MiB",
            "Of larger bodies only length and hash are recorded; they are forwarded all the same.");
    static final Key<Long> RECORD_MEMORY = Key.of(
            "storage.record.memory_bytes",
            "RECORD_MEMORY",
            ValueTypes.SIZE,
            "256MiB",
            "Memory for exchanges that are running or not yet written, and never more than two fifths of the JVM's heap;"
                    + " above it bodies are dropped and counted. A body needs up to twice its length.");

    static final Key<Optional<Duration>> RETENTION_AGE = Key.of(
            "storage.retention.age",
            "RETENTION_AGE",
            ValueTypes.AGE.optional(),
            "",
            "Exchanges that began longer ago are deleted, but for sessions with a starred exchange.");
    static final Key<Optional<Long>> RETENTION_SIZE = Key.of(
            "storage.retention.size",
            "RETENTION_SIZE",
            ValueTypes.DATABASE_SIZE.optional(),
            "",
            "While the database holds more, the oldest exchanges are deleted, but for those of starred sessions.");
    static final Key<Optional<Duration>> RETENTION_BODIES_AGE = Key.of(
            "storage.retention.bodies_age",
            "RETENTION_BODIES_AGE",
            ValueTypes.AGE.optional(),
            "",
            "Of exchanges that began longer ago only the bodies are deleted, but for those of sessions with a starred exchange: lists and tokens stay.");

    static final Key<SearchIndex> SEARCH_INDEX = Key.of(
            "search.index",
            "SEARCH_INDEX",
            ValueTypes.oneOf(SearchIndex.class),
            "off",
            "With off a search looks through everything, newest first; with words an index tells where to look, which"
                    + " makes searches of large databases quick and the database about half larger, and texts are found"
                    + " from the beginning of a word on.");

    static final Key<Boolean> TRANSCRIPTS_ENABLED = Key.of(
            "transcripts.enabled",
            "TRANSCRIPTS_ENABLED",
            ValueTypes.BOOLEAN,
            "true",
            "Whether the dashboard and the API show the session files that Claude Code itself keeps on this machine; they"
                    + " are only read, and shown to the same people as what is recorded.");
    static final Key<Path> TRANSCRIPTS_DIR = Key.of(
            "transcripts.dir",
            "CLAUDE_CONFIG_DIR",
            ValueTypes.FOLDER,
            "~/.claude",
            "Claude Code's own folder; session files are in projects below it.");

    static final Key<List<PriceSettings>> PRICING = Key.of(
            "pricing",
            ValueTypes.PRICES,
            "",
            "Prices beside the built-in ones, or in their place: each has model (how its ids begin), input and output, and may"
                    + " have cache_read, cache_write_5m and cache_write_1h (USD per million tokens), from (the first day it"
                    + " holds), above (prompt tokens), speed: fast, provider and source. Without from it takes the place of"
                    + " every built-in price of that model, with it of those from that day on.");

    static final Key<LogSettings.Level> LOG_LEVEL = Key.of(
            "log.level", "LOG_LEVEL", ValueTypes.oneOf(LogSettings.Level.class), "info", "Least level that is logged.");
    static final Key<LogSettings.Format> LOG_FORMAT = Key.of(
            "log.format",
            "LOG_FORMAT",
            ValueTypes.oneOf(LogSettings.Format.class),
            "text",
            "Lines of key=value for people (text), or one JSON object a line (json); to standard error.");

    static final Key<Optional<OutboundProxy>> HTTPS_PROXY = Key.of(
                    "outbound_proxy.https",
                    "HTTPS_PROXY",
                    ValueTypes.PROXY_URL.optional(),
                    "",
                    "Proxy through which a provider with an https base URL is reached.")
            .alsoFrom("https_proxy")
            .firstWins()
            .asSecret();
    static final Key<Optional<OutboundProxy>> HTTP_PROXY = Key.of(
                    "outbound_proxy.http",
                    "HTTP_PROXY",
                    ValueTypes.PROXY_URL.optional(),
                    "",
                    "Proxy through which a provider with an http base URL is reached.")
            .alsoFrom("http_proxy")
            .firstWins()
            .asSecret();
    static final Key<ProxyExceptions> NO_PROXY = Key.of(
                    "outbound_proxy.except",
                    "NO_PROXY",
                    ValueTypes.PROXY_EXCEPTIONS,
                    "",
                    "Hosts that are reached directly: *, domains, addresses, networks; loopback hosts always are.")
            .alsoFrom("no_proxy")
            .firstWins();

    private static final List<Key<?>> ALL = List.of(
            SERVER_HOST,
            SERVER_PORT,
            PUBLIC_URL,
            READ_TIMEOUT,
            WRITE_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_BODY_BYTES,
            ALLOWED_HOSTS,
            TRUST_PROXY,
            TRUSTED_PROXIES,
            DRAIN_GRACE,
            DRAIN_CEILING,
            DASHBOARD_PORT,
            DASHBOARD_PASSWORD,
            AUTH_ENABLED,
            AUTH_TOKEN,
            AUTH_API_KEY_HEADER,
            AUTH_ALLOW_LOCALHOST_BYPASS,
            AUTH_TOKENS,
            CORS_ALLOWED_ORIGINS,
            ANTHROPIC_BASE_URL,
            ANTHROPIC_VERSION,
            ANTHROPIC_RESPONSE_HEADER_TIMEOUT,
            ANTHROPIC_CONNECT_TIMEOUT,
            ANTHROPIC_STREAM_SILENCE_TIMEOUT,
            ANTHROPIC_TOTAL_TIMEOUT,
            ANTHROPIC_MAX_RETRIES,
            ANTHROPIC_RETRY_STATUSES,
            ANTHROPIC_DEMOTE_NONSTREAMING,
            ANTHROPIC_HTTP_VERSION,
            ANTHROPIC_CA_FILE,
            ANTHROPIC_API_KEY,
            OPENAI_API_KEY,
            OPENAI_BASE_URL,
            OPENAI_API_FORMAT,
            SUBAGENTS_ENABLE,
            SUBAGENT_MAPPINGS,
            SUBAGENT_DIRECTORIES,
            SUBAGENT_INCLUDE_MAIN,
            ROUTES,
            DB_TYPE,
            DB_PATH,
            RECORD_MAX_BODY,
            RECORD_MEMORY,
            RETENTION_AGE,
            RETENTION_SIZE,
            RETENTION_BODIES_AGE,
            SEARCH_INDEX,
            TRANSCRIPTS_ENABLED,
            TRANSCRIPTS_DIR,
            PRICING,
            LOG_LEVEL,
            LOG_FORMAT,
            HTTPS_PROXY,
            HTTP_PROXY,
            NO_PROXY);

    private Keys() {}

    /** Every key, in the order of the reference. */
    public static List<Key<?>> all() {
        return ALL;
    }

    /**
     * Tells what is wrong with a name that is no key, such as {@code server.prot}: not supported by this version,
     * probably misspelt, or unknown.
     */
    public static String explainUnknown(String path) {
        return KnownNames.explain(path);
    }

    static Optional<Key<?>> find(String path) {
        return Stream.concat(ALL.stream(), named(path).stream())
                .filter(key -> key.path().equals(path))
                .findFirst();
    }

    /** The keys of the provider that a path speaks of, where it speaks of one. */
    static List<Key<?>> named(String path) {
        return ProviderKeys.providerIn(path)
                .filter(ProviderKeys::isName)
                .map(ProviderKeys::of)
                .orElse(List.of());
    }
}
