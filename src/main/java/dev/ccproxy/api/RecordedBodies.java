package dev.ccproxy.api;

import dev.ccproxy.anthropic.FoldedMessage;
import dev.ccproxy.api.form.FoldingForm;
import dev.ccproxy.api.form.RawJson;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bodies of one exchange, understood. To be used within {@link StoredBytes#inTurn}. */
final class RecordedBodies {

    private static final int NOT_UNDERSTOOD_SHOWN = 100;

    private static final Json JSON = new Json();

    private final ExchangeReader reader;
    private final StoredExchange exchange;
    private final ExchangeId id;

    RecordedBodies(ExchangeReader reader, StoredExchange exchange) {
        this.reader = reader;
        this.exchange = exchange;
        this.id = exchange.summary().id();
    }

    /** Whether the answer is a stream of events. */
    boolean isStreamed() {
        Headers headers = exchange.responseHeaders();
        return headers != null
                && headers.first("Content-Type")
                        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                        .isPresent();
    }

    /** The answer's body where it is a stream of events that can be read. */
    Optional<StoredBody> stream() {
        return isStreamed() ? unencoded(exchange.responseBody(), reader.responseBody(id)) : Optional.empty();
    }

    /** The request, where it is JSON that can be read. */
    Optional<RawJson> request(Texts texts) throws IOException, InterruptedException {
        Optional<Bytes> body = readable(exchange.requestBody(), reader.requestBody(id));
        return body.flatMap(bytes -> json(bytes, texts, ApiRoutes.requestBodyPath(id)));
    }

    /** The request's bytes without content encoding; empty where there are none or they are encoded. */
    Optional<Bytes> requestBytes() throws IOException, InterruptedException {
        return readable(exchange.requestBody(), reader.requestBody(id));
    }

    /** The answer's bytes without content encoding; empty where there are none or they are still encoded. */
    Optional<Bytes> responseBytes() throws IOException, InterruptedException {
        return readable(exchange.responseBody(), reader.responseBody(id));
    }

    /** What the answer says: the message of a stream, or the answer itself where it is JSON. */
    Said said(Bytes body, Texts texts) {
        String href = ApiRoutes.responseBodyPath(id);
        if (!isStreamed()) {
            return new Said(json(body, texts, href), Optional.empty());
        }
        FoldedMessage folded = FoldedMessage.ofStream(JSON, body, StoredBytes.LIMIT);
        Optional<RawJson> message =
                folded.message() == null ? Optional.empty() : json(JSON.write(folded.message()), texts, href);
        return new Said(message, Optional.of(folding(folded, texts, href)));
    }

    private static FoldingForm folding(FoldedMessage folded, Texts texts, String href) {
        return new FoldingForm(
                folded.complete(),
                folded.error() == null
                        ? null
                        : json(JSON.write(folded.error()), texts, href).orElse(null),
                folded.cutInputs().stream()
                        .map(cut -> new FoldingForm.CutInput(cut.block(), cut.text()))
                        .toList(),
                folded.notUnderstood().stream()
                        .limit(NOT_UNDERSTOOD_SHOWN)
                        .flatMap(event -> json(JSON.write(event), texts, href).stream())
                        .toList());
    }

    /**
     * What an answer says.
     *
     * @param folding of a stream only
     */
    record Said(Optional<RawJson> json, Optional<FoldingForm> folding) {
        static final Said NOTHING = new Said(Optional.empty(), Optional.empty());
    }

    /** How much of long texts an answer carries. */
    enum Texts {
        WHOLE,
        BOUNDED
    }

    private static Optional<RawJson> json(Bytes body, Texts texts, String href) {
        return switch (texts) {
            case WHOLE -> RecordedJson.whole(body);
            case BOUNDED -> RecordedJson.bounded(body, href);
        };
    }

    private static Optional<Bytes> readable(@Nullable BodyFacts facts, Optional<StoredBody> body)
            throws IOException, InterruptedException {
        Optional<StoredBody> unencoded = unencoded(facts, body);
        return unencoded.isEmpty() ? Optional.empty() : StoredBytes.read(unencoded.get());
    }

    private static Optional<StoredBody> unencoded(@Nullable BodyFacts facts, Optional<StoredBody> body) {
        return facts == null || isEncoded(facts) ? Optional.empty() : body;
    }

    private static boolean isEncoded(BodyFacts facts) {
        return switch (facts.state()) {
            case DECODED -> false;
            case EXACT -> facts.encoding() != null && !facts.encoding().equalsIgnoreCase("identity");
            case RAW, DROPPED -> true;
        };
    }
}
