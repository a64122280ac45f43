package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.config.ApiKey;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.HopByHop;
import dev.ccproxy.translate.Format;
import dev.ccproxy.translate.PrivateParts;
import dev.ccproxy.translate.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rerouted request for one provider: what is sent, and how the answer is made into one that the client understands.
 * Made off the event loop, because it translates; then for the exchange's loop.
 */
final class Attempt {

    /** Of the client's lines, what an Anthropic that it has a contract with gets, but for these. */
    private static final Set<String> OWN_FRAMING = Set.of("host", "content-length", "expect", "content-encoding");

    private final ProviderSettings provider;
    private final RouteTaken route;
    private final Source source;
    private final Translator translator;
    private final Set<String> ownLosses = new TreeSet<>();

    /**
     * What an attempt begins with.
     *
     * @param path of the client's request, without query
     * @param body the client's, with the routed model in it
     * @param streams whether the client asks for a stream
     */
    record Source(String path, Format client, Headers headers, Bytes body, boolean streams) {}

    Attempt(ProviderSettings provider, RouteTaken route, Source source, Translator translator) {
        this.provider = provider;
        this.route = route;
        this.source = source;
        this.translator = translator;
    }

    /**
     * A request as it is sent.
     *
     * @param demoted whether a stream is asked for that the client did not ask for
     */
    record Prepared(Headers headers, Bytes body, boolean demoted) {}

    /** What may be recorded of the head: the names of configured lines, never their values. */
    Headers shown(Headers headers) {
        Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        provider.credential().headers().forEach(line -> hidden.add(line.name()));
        provider.credential().keyHeader().ifPresent(hidden::add);
        return new Headers(headers.lines().stream()
                .map(line -> hidden.contains(line.name()) ? new Header(line.name(), "(configured)") : line)
                .toList());
    }

    /** The request as the provider takes it; empty where the body cannot be understood. */
    Optional<Prepared> prepare() {
        return carried().map(body -> {
            Optional<Bytes> streamed = isDemotable() ? Demotion.rewritten(body) : Optional.empty();
            return new Prepared(headers(), streamed.orElse(body), streamed.isPresent());
        });
    }

    /** Whether the provider gets another body than this, beside a wish for a stream. */
    boolean changes(Bytes body) {
        return carried().filter(carried -> !carried.equals(body)).isPresent();
    }

    private boolean isDemotable() {
        return provider.demoteNonstreaming()
                && isSameFormat()
                && isMessages()
                && Demotion.mayConcern("POST", source.path(), source.headers());
    }

    private Optional<Bytes> carried() {
        OutputLimit limit = OutputLimit.of(source.body(), provider.api().mostOutputTokens());
        if (limit.lowered()) {
            ownLosses.add("max_tokens");
        }
        return translator.request(limit.body()).map(translated -> {
            boolean stranger = !provider.isClientsOwn() && isSameFormat();
            return stranger && isMessages() ? PrivateParts.removedFrom(translated) : translated;
        });
    }

    private boolean isMessages() {
        return provider.api().format() == Format.ANTHROPIC_MESSAGES;
    }

    private boolean isSameFormat() {
        return source.client() == provider.api().format();
    }

    ProviderSettings provider() {
        return provider;
    }

    RouteTaken route() {
        return route;
    }

    Translator translator() {
        return translator;
    }

    /** Whether the answer passes as it is. */
    boolean passesAsItIs() {
        return isSameFormat();
    }

    /** Whether the client asked for a stream. */
    boolean wantsStream() {
        return source.streams();
    }

    boolean isForMessages() {
        return source.client() == Format.ANTHROPIC_MESSAGES;
    }

    /** What could not be carried over so far. */
    List<String> losses() {
        Set<String> losses = new TreeSet<>(ownLosses);
        translator.losses().forEach(loss -> losses.add(loss.label()));
        return List.copyOf(losses);
    }

    /** Path and query behind the provider's base URL. */
    String target() {
        if (provider.api().path().isPresent()) {
            return provider.api().path().get();
        }
        String endpoint = switch (provider.api().format()) {
            case ANTHROPIC_MESSAGES -> isSameFormat() ? source.path() : "/v1/messages";
            case OPENAI_CHAT -> "/v1/chat/completions";
            case OPENAI_RESPONSES -> "/v1/responses";
        };
        String base = provider.baseUrl().getRawPath();
        boolean versioned = base.matches(".*/v\\d+[a-z0-9]*/?");
        return versioned ? endpoint.substring("/v1".length()) : endpoint;
    }

    private Headers headers() {
        List<Header> lines = new ArrayList<>();
        if (provider.isClientsOwn() && isSameFormat()) {
            clientsLines(lines);
        } else {
            lines.add(new Header("content-type", "application/json"));
            lines.add(new Header("accept", "application/json, text/event-stream"));
            lines.add(new Header("user-agent", "ccproxy"));
            if (isMessages()) {
                lines.add(new Header("anthropic-version", provider.version()));
            }
            credential().ifPresent(lines::add);
        }
        provider.credential().headers().forEach(line -> lines.add(new Header(line.name(), line.value())));
        return new Headers(lines);
    }

    private void clientsLines(List<Header> lines) {
        HopByHop hopByHop = HopByHop.of(source.headers().all("connection"));
        for (Header line : source.headers()) {
            boolean framing = OWN_FRAMING.contains(line.name().toLowerCase(Locale.ROOT));
            if (!framing && !hopByHop.contains(line.name())) {
                lines.add(line);
            }
        }
        if (!source.headers().contains("anthropic-version")) {
            lines.add(new Header("anthropic-version", provider.version()));
        }
        Optional<ApiKey> own = provider.credential().key();
        if (own.isPresent()) {
            lines.removeIf(line -> line.is("authorization") || line.is("x-api-key"));
            lines.add(new Header("x-api-key", own.get().value()));
        }
    }

    /** The provider's own key; without one, what a client of OpenAI's API sends for whom it means to talk to. */
    private Optional<Header> credential() {
        Optional<ApiKey> key = provider.credential().key();
        Optional<String> named = provider.credential().keyHeader();
        if (key.isPresent()) {
            String value = key.get().value();
            boolean bearer = named.isEmpty() && !isMessages();
            return Optional.of(
                    bearer || named.filter(name -> name.equals("authorization")).isPresent()
                            ? new Header("authorization", "Bearer " + value)
                            : new Header(named.orElse("x-api-key"), value));
        }
        return isForMessages() ? Optional.empty() : clientsKey();
    }

    /** A client of OpenAI's API has one credential, of whoever answers the model that it names. */
    private Optional<Header> clientsKey() {
        Optional<String> sent = source.headers().first("authorization");
        boolean anthropicKey =
                sent.filter(value -> value.startsWith("Bearer sk-ant-")).isPresent();
        if (provider.isClientsOwn()) {
            boolean apiKey =
                    sent.filter(value -> value.startsWith("Bearer sk-ant-api")).isPresent();
            return sent.map(value -> apiKey
                    ? new Header("x-api-key", value.substring("Bearer ".length()))
                    : new Header("authorization", value));
        }
        return anthropicKey || !provider.name().equals(ProviderSettings.OPENAI)
                ? Optional.empty()
                : sent.map(value -> new Header("authorization", value));
    }
}
