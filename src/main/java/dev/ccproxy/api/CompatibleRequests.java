package dev.ccproxy.api;

import dev.ccproxy.api.form.CompatibleRequestForm;
import dev.ccproxy.api.form.CompatibleResponseForm;
import dev.ccproxy.api.form.DeletedForm;
import dev.ccproxy.api.form.RawJson;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.ExchangeFilter;
import dev.ccproxy.storage.ExchangePage;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The original's list, for scripts and pages that were written for it. Unlike every other list it carries bodies, so it
 * is written one exchange at a time.
 */
final class CompatibleRequests {

    static final Whole PAGE = new Whole(1, 1_000_000, 1);
    static final Whole LIMIT = new Whole(1, 100, 10);

    private final ExchangeReader reader;
    private final ExchangeWriter writer;
    private final StoredBytes bodies;

    CompatibleRequests(ExchangeReader reader, ExchangeWriter writer, StoredBytes bodies) {
        this.reader = reader;
        this.writer = writer;
        this.bodies = bodies;
    }

    Answer list(Call call) {
        int limit = (int) LIMIT.of(call, "limit");
        int skip = Math.toIntExact((PAGE.of(call, "page") - 1) * limit);
        ExchangeFilter filter = call.queryValue("model")
                .filter(model -> !model.isBlank() && !model.equals("all"))
                .map(ExchangeFilter::new)
                .orElse(ExchangeFilter.ALL);
        ExchangePage page = reader.list(new ExchangeQuery(filter, limit, null, skip));
        long total = reader.count(filter);
        return new Answer.Streamed(
                200, Headers.of("Content-Type", "application/json"), sink -> write(page.items(), total, sink));
    }

    Answer delete(Call call) throws InterruptedException {
        return JsonForm.answer(200, new DeletedForm("Request history cleared", writer.deleteAll()));
    }

    private void write(List<ExchangeSummary> items, long total, Answer.Sink sink)
            throws IOException, InterruptedException {
        String before = "{\"requests\":[";
        for (ExchangeSummary item : items) {
            Optional<Bytes> json = bodies.inTurn(() -> json(item));
            if (json.isPresent()) {
                sink.write(Bytes.utf8(before));
                sink.write(json.get());
                before = ",";
            }
        }
        String start = before.equals(",") ? "" : before;
        sink.write(Bytes.utf8(start + "],\"total\":" + total + "}"));
    }

    /** Empty when the exchange was deleted meanwhile. */
    private Optional<Bytes> json(ExchangeSummary summary) throws IOException, InterruptedException {
        Optional<StoredExchange> exchange = reader.find(summary.id());
        return exchange.isEmpty() ? Optional.empty() : Optional.of(JsonForm.bytes(form(exchange.get())));
    }

    private CompatibleRequestForm form(StoredExchange exchange) throws IOException, InterruptedException {
        ExchangeSummary summary = exchange.summary();
        RecordedBodies recorded = new RecordedBodies(reader, exchange);
        return new CompatibleRequestForm(
                summary.id().toString(),
                rfc3339(summary.at()),
                summary.method(),
                summary.path(),
                byName(exchange.requestHeaders()),
                recorded.request(RecordedBodies.Texts.WHOLE).orElse(null),
                summary.requestedModel(),
                summary.requestedModel(),
                summary.requestedModel(),
                exchange.requestHeaders().first("User-Agent").orElse(""),
                exchange.requestHeaders().first("Content-Type").orElse(""),
                response(exchange, recorded).orElse(null));
    }

    private static Optional<CompatibleResponseForm> response(StoredExchange exchange, RecordedBodies recorded)
            throws IOException, InterruptedException {
        ExchangeSummary summary = exchange.summary();
        if (summary.status() == null || summary.duration() == null) {
            return Optional.empty();
        }
        Optional<Bytes> body = recorded.responseBytes();
        RawJson json = body.flatMap(bytes ->
                        recorded.said(bytes, RecordedBodies.Texts.WHOLE).json())
                .orElse(null);
        List<String> chunks =
                recorded.isStreamed() ? body.map(CompatibleRequests::dataLines).orElse(List.of()) : null;
        Duration duration = summary.duration();
        Headers headers = exchange.responseHeaders();
        return Optional.of(new CompatibleResponseForm(
                summary.status(),
                headers == null ? Map.of() : byName(headers),
                json,
                duration.toMillis(),
                chunks,
                recorded.isStreamed(),
                rfc3339(summary.at().plus(duration))));
    }

    private static List<String> dataLines(Bytes stream) {
        return stream.utf8().lines().filter(line -> line.startsWith("data:")).toList();
    }

    private static String rfc3339(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** As the original wrote them: canonical names, each with all its values. */
    private static Map<String, List<String>> byName(Headers headers) {
        Map<String, List<String>> byName = new TreeMap<>();
        for (Header line : headers) {
            byName.computeIfAbsent(canonical(line.name()), name -> new ArrayList<>())
                    .add(line.value());
        }
        return byName;
    }

    /** {@code anthropic-version} becomes {@code Anthropic-Version}. */
    private static String canonical(String name) {
        StringBuilder canonical = new StringBuilder(name.toLowerCase(Locale.ROOT));
        for (int start = 0; start < name.length(); start = nextWord(name, start)) {
            canonical.setCharAt(start, Character.toUpperCase(canonical.charAt(start)));
        }
        return canonical.toString();
    }

    private static int nextWord(String name, int from) {
        int dash = name.indexOf('-', from);
        return dash < 0 ? name.length() : dash + 1;
    }
}
