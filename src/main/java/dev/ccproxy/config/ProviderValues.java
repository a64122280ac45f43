package dev.ccproxy.config;

import dev.ccproxy.translate.Format;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the settings of each provider together. */
final class ProviderValues {

    private final Values values;

    ProviderValues(Values values) {
        this.values = values;
    }

    List<ProviderSettings> all() {
        List<ProviderSettings> all = new ArrayList<>();
        all.add(values.anthropic());
        values.providers().forEach(name -> all.add(name.equals(ProviderSettings.OPENAI) ? openai() : other(name)));
        return all;
    }

    private ProviderSettings openai() {
        URI url = values.get(Keys.OPENAI_BASE_URL);
        boolean own = url.toString().startsWith(Keys.OPENAI_BASE_URL.defaultText());
        Format format = values.get(Keys.OPENAI_API_FORMAT).orElse(own ? Format.OPENAI_RESPONSES : Format.OPENAI_CHAT);
        return provider(ProviderSettings.OPENAI, url, format, values.get(Keys.OPENAI_API_KEY));
    }

    private ProviderSettings other(String name) {
        return provider(
                name,
                values.get(ProviderKeys.BASE_URL.named(name)).orElseThrow(),
                values.get(ProviderKeys.API_FORMAT.named(name)),
                values.get(ProviderKeys.API_KEY.named(name)));
    }

    private ProviderSettings provider(String name, URI url, Format format, Optional<ApiKey> key) {
        return new ProviderSettings(
                name,
                url,
                values.get(Keys.ANTHROPIC_VERSION),
                values.get(ProviderKeys.HTTP_VERSION.named(name)),
                values.get(ProviderKeys.RESPONSE_HEADER_TIMEOUT.named(name)),
                values.get(ProviderKeys.CONNECT_TIMEOUT.named(name)),
                values.get(ProviderKeys.STREAM_SILENCE_TIMEOUT.named(name)),
                values.get(ProviderKeys.TOTAL_TIMEOUT.named(name)),
                new ProviderSettings.Retries(
                        values.get(ProviderKeys.MAX_RETRIES.named(name)),
                        values.get(ProviderKeys.RETRY_STATUSES.named(name))),
                values.get(ProviderKeys.DEMOTE_NONSTREAMING.named(name))
                        .orElse(values.get(Keys.ANTHROPIC_DEMOTE_NONSTREAMING)),
                values.get(ProviderKeys.CA_FILE.named(name)),
                new ProviderSettings.Api(
                        format,
                        values.get(ProviderKeys.ENDPOINT.named(name)),
                        values.get(ProviderKeys.QUIRKS.named(name)),
                        values.get(ProviderKeys.MAX_OUTPUT_TOKENS.named(name))),
                new ProviderSettings.Credential(
                        key,
                        values.get(ProviderKeys.API_KEY_HEADER.named(name)),
                        values.get(ProviderKeys.HEADERS.named(name))));
    }
}
