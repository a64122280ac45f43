package dev.ccproxy.config;

import dev.ccproxy.translate.Format;
import dev.ccproxy.translate.Quirk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of any provider, declared once for all of them: {@code NAME} in a path or a variable stands for the name
 * that the file gives it. Those of the two built-in ones that have a name or a default of their own stand in
 * {@link Keys}.
 */
final class ProviderKeys {

    static final String PLACE = "NAME";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

    static final Key<Optional<URI>> BASE_URL = Key.of(
            "providers.NAME.base_url",
            "NAME_BASE_URL",
            ValueTypes.BASE_URL.optional(),
            "",
            "Where requests are sent to. The path of the API's endpoint goes behind it, without its own /v1 where the"
                    + " address ends with a version.");
    static final Key<Format> API_FORMAT = Key.of(
            "providers.NAME.api_format",
            ValueTypes.oneOf(Format.class, Format::label),
            "openai-chat",
            "What the provider speaks.");
    static final Key<Optional<ApiKey>> API_KEY = Key.of(
                    "providers.NAME.api_key",
                    "NAME_API_KEY",
                    RoutingTypes.API_KEY.optional(),
                    "",
                    "The provider's key. The variable is the provider's name in capital letters, such as"
                            + " OPENROUTER_API_KEY.")
            .asSecret();
    static final Key<Optional<String>> API_KEY_HEADER = Key.of(
            "providers.NAME.api_key_header",
            RoutingTypes.HEADER_NAME.optional(),
            "",
            "Header that takes the bare key, such as api-key for Azure; without it Authorization: Bearer, or x-api-key"
                    + " for anthropic-messages.");
    static final Key<List<ProviderSettings.HeaderLine>> HEADERS = Key.<List<ProviderSettings.HeaderLine>>of(
                    "providers.NAME.headers",
                    RoutingTypes.HEADER_LINES,
                    "",
                    "Further header lines for every request, as a mapping of names to values.")
            .asSecret();
    static final Key<Optional<String>> ENDPOINT = Key.of(
            "providers.NAME.path",
            RoutingTypes.TARGET_PATH.optional(),
            "",
            "Path and query of the endpoint behind base_url, where it is not the usual one, such as"
                    + " /chat/completions?api-version=2024-10-21.");
    static final Key<Set<Quirk>> QUIRKS = Key.of(
            "providers.NAME.quirks",
            RoutingTypes.QUIRKS,
            "",
            "How the provider differs from OpenAI; docs/translation.md explains the words.");
    static final Key<Long> MAX_OUTPUT_TOKENS = Key.of(
            "providers.NAME.max_output_tokens",
            RoutingTypes.COUNT,
            "0",
            "The longest answer that is asked for; larger wishes are lowered to it; 0 is no limit.");
    static final Key<Duration> RESPONSE_HEADER_TIMEOUT = Key.of(
            "providers.NAME.response_header_timeout",
            ValueTypes.DURATION,
            "300s",
            "Longest wait from the last request byte to the response head; 0 is no limit.");
    static final Key<Duration> CONNECT_TIMEOUT = Key.of(
            "providers.NAME.connect_timeout",
            ValueTypes.POSITIVE_DURATION,
            "10s",
            "Longest wait for a connection, TLS included.");
    static final Key<Duration> STREAM_SILENCE_TIMEOUT = Key.of(
            "providers.NAME.stream_silence_timeout",
            ValueTypes.DURATION,
            "600s",
            "Longest time without a byte of an answer that has begun; 0 is no limit.");
    static final Key<Duration> TOTAL_TIMEOUT = Key.of(
            "providers.NAME.total_timeout",
            ValueTypes.DURATION,
            "0",
            "Longest time of a whole exchange; 0 is no limit.");
    static final Key<Integer> MAX_RETRIES = Key.of(
            "providers.NAME.max_retries",
            ValueTypes.RETRIES,
            "3",
            "How often a request is tried again that provably never reached the provider (no connection, or one that"
                    + " closed before the body began), or was answered with one of retry_statuses. Nothing else is: a"
                    + " paid request must not run twice.");
    static final Key<List<Integer>> RETRY_STATUSES = Key.of(
            "providers.NAME.retry_statuses",
            ValueTypes.STATUSES,
            "",
            "Statuses after which a request is tried again, after retry-after or half a second and more, before the"
                    + " client has seen anything. Claude Code repeats such requests by itself.");
    static final Key<Optional<Boolean>> DEMOTE_NONSTREAMING = Key.of(
            "providers.NAME.demote_nonstreaming",
            ValueTypes.BOOLEAN.optional(),
            "",
            "The same as providers.anthropic.demote_nonstreaming, for a provider of the format anthropic-messages that a"
                    + " rule chooses. Without it, what is written there holds.");
    static final Key<ProviderSettings.HttpVersion> HTTP_VERSION = Key.of(
            "providers.NAME.http_version",
            ValueTypes.oneOf(ProviderSettings.HttpVersion.class, ProviderSettings.HttpVersion::number),
            "1.1",
            "HTTP version spoken with the provider.");
    static final Key<Optional<Path>> CA_FILE = Key.of(
            "providers.NAME.ca_file",
            ValueTypes.READABLE_FILE.optional(),
            "",
            "PEM file of certificates that are trusted besides the JDK's own.");

    private static final List<Key<?>> ALL = List.of(
            BASE_URL,
            API_FORMAT,
            API_KEY,
            API_KEY_HEADER,
            HEADERS,
            ENDPOINT,
            QUIRKS,
            MAX_OUTPUT_TOKENS,
            RESPONSE_HEADER_TIMEOUT,
            CONNECT_TIMEOUT,
            STREAM_SILENCE_TIMEOUT,
            TOTAL_TIMEOUT,
            MAX_RETRIES,
            RETRY_STATUSES,
            DEMOTE_NONSTREAMING,
            HTTP_VERSION,
            CA_FILE);

    private ProviderKeys() {}

    /** All of them, for a provider called {@code NAME}. */
    static List<Key<?>> all() {
        return ALL;
    }

    /** Those that a provider of this name has besides what {@link Keys} declares for it. */
    static List<Key<?>> of(String provider) {
        return provider.equals(ProviderSettings.ANTHROPIC)
                ? List.of()
                : ALL.stream()
                        .<Key<?>>map(key -> key.named(provider))
                        .filter(key -> Keys.all().stream()
                                .noneMatch(fixed -> fixed.path().equals(key.path())))
                        .toList();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The provider's name in a path such as {@code providers.openrouter.base_url}. */
    static Optional<String> providerIn(String path) {
        String[] parts = path.split("\\.", -1);
        return parts.length >= 2 && parts[0].equals("providers") ? Optional.of(parts[1]) : Optional.empty();
    }
}
