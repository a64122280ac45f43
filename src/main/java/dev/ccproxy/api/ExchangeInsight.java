package dev.ccproxy.api;

import dev.ccproxy.anthropic.MessageFacts;
import dev.ccproxy.api.form.CacheForm;
import dev.ccproxy.api.form.ChangesForm;
import dev.ccproxy.api.form.ContextForm;
import dev.ccproxy.api.form.CostForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.insight.CacheJudge;
import dev.ccproxy.insight.CacheStep;
import dev.ccproxy.insight.ContextBreakdown;
import dev.ccproxy.insight.ContextWindow;
import dev.ccproxy.insight.Difference;
import dev.ccproxy.insight.Prompt;
import dev.ccproxy.insight.PromptChanges;
import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.Cost;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Explains one exchange, from what is stored of it and of the one before it in its thread. Safe for all threads. */
final class ExchangeInsight {

    private static final Json JSON = new Json();
    private static final int MOST_GROWTH = 40;

    private final ExchangeReader reader;
    private final StoredBytes bodies;
    private final Supplier<CostCalculator> costs;

    ExchangeInsight(ExchangeReader reader, StoredBytes bodies, Supplier<CostCalculator> costs) {
        this.reader = reader;
        this.bodies = bodies;
        this.costs = costs;
    }

    /** An explanation of one exchange. */
    @FunctionalInterface
    private interface Explanation {
        Object of(StoredExchange exchange) throws IOException, InterruptedException;
    }

    private Answer explain(Call call, Explanation explanation) throws IOException, InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        Optional<StoredExchange> found = reader.find(id);
        return found.isEmpty()
                ? Problem.unknownExchange(id).answer()
                : bodies.inTurn(() -> JsonForm.answer(200, explanation.of(found.get())));
    }

    Answer cost(Call call) throws IOException, InterruptedException {
        return explain(call, exchange -> CostForm.of(cost(exchange)));
    }

    private Cost cost(StoredExchange exchange) throws IOException, InterruptedException {
        RecordedBodies recorded = new RecordedBodies(reader, exchange);
        Optional<Bytes> answer = recorded.responseBytes();
        ExchangeSummary summary = exchange.summary();
        if (answer.isEmpty()) {
            return costs.get().cost(summary.model(), summary.at(), null, true);
        }
        MessageFacts facts = recorded.isStreamed()
                ? MessageFacts.ofStream(answer.get(), StoredBytes.LIMIT)
                : MessageFacts.ofJson(answer.get());
        return costs.get().cost(facts.model(), summary.at(), facts.usage(), facts.complete());
    }

    Answer context(Call call) throws IOException, InterruptedException {
        return explain(call, exchange -> {
            Prompt prompt = prompt(exchange).orElse(NO_PROMPT);
            String model = exchange.summary().requestedModel();
            ContextWindow window = model == null
                    ? null
                    : ContextWindow.of(ContextWindow.all(JSON), model).orElse(null);
            return ContextForm.of(
                    ContextBreakdown.of(prompt, exchange.summary().usage()), window, growth(exchange.summary()));
        });
    }

    private List<ContextForm.Point> growth(ExchangeSummary newest) {
        List<ContextForm.Point> growth = new ArrayList<>();
        Optional<ExchangeSummary> at = Optional.of(newest);
        while (at.isPresent() && growth.size() < MOST_GROWTH) {
            ExchangeSummary summary = at.get();
            Usage usage = summary.usage();
            if (usage != null) {
                growth.addFirst(new ContextForm.Point(
                        summary.id().toString(), summary.at().toEpochMilli(), usage.context()));
            }
            at = reader.before(summary.id()).flatMap(reader::find).map(StoredExchange::summary);
        }
        return growth;
    }

    private static final Prompt NO_PROMPT = Prompt.of(JSON, Bytes.utf8("{}")).orElseThrow();

    private Optional<Prompt> prompt(StoredExchange exchange) throws IOException, InterruptedException {
        return new RecordedBodies(reader, exchange).requestBytes().flatMap(body -> Prompt.of(JSON, body));
    }

    Answer changes(Call call) throws IOException, InterruptedException {
        Optional<String> named = call.queryValue("base");
        return explain(call, exchange -> {
            Optional<StoredExchange> base =
                    named.isPresent() ? named.flatMap(ExchangeId::parse).flatMap(reader::find) : before(exchange);
            return base.isEmpty() ? ChangesForm.nothingBefore() : changes(base.get(), exchange);
        });
    }

    private ChangesForm changes(StoredExchange base, StoredExchange exchange) throws IOException, InterruptedException {
        PromptChanges changes = PromptChanges.between(
                prompt(base).orElse(NO_PROMPT), prompt(exchange).orElse(NO_PROMPT));
        Duration gap = Duration.between(base.summary().at(), exchange.summary().at());
        return ChangesForm.of(base.summary().id(), gap.toMillis(), changes);
    }

    Answer cache(Call call) throws IOException, InterruptedException {
        return explain(call, exchange -> {
            StoredExchange base = before(exchange).orElse(null);
            return CacheForm.of(
                    CacheJudge.judge(
                            base == null ? null : step(base), step(exchange), () -> difference(base, exchange)),
                    base == null ? null : base.summary().id());
        });
    }

    private Difference difference(@Nullable StoredExchange base, StoredExchange exchange) {
        try {
            Optional<Prompt> before = prompt(Objects.requireNonNull(base));
            Optional<Prompt> after = prompt(exchange);
            return before.isEmpty() || after.isEmpty()
                    ? new Difference.Unknown()
                    : PromptChanges.between(before.get(), after.get()).difference();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Difference.Unknown();
        }
    }

    private static CacheStep step(StoredExchange exchange) {
        ExchangeSummary summary = exchange.summary();
        return new CacheStep(summary.at(), summary.kind(), summary.model(), summary.usage());
    }

    /** The one before it in its thread that reported usage. */
    private Optional<StoredExchange> before(StoredExchange exchange) {
        return reader.before(exchange.summary().id()).flatMap(reader::find);
    }
}
