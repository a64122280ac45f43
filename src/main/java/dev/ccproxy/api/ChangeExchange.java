package dev.ccproxy.api;

import dev.ccproxy.api.form.DeletedForm;
import dev.ccproxy.api.form.MarksForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.QueryProblem;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.ExchangeWriter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Marks exchanges that are stored, and deletes them. */
final class ChangeExchange {

    private static final int MOST_TAGS = 20;
    private static final int MOST_TAG_CHARACTERS = 50;

    private final ExchangeReader reader;
    private final ExchangeWriter writer;
    private final Clock clock;

    ChangeExchange(ExchangeReader reader, ExchangeWriter writer, Clock clock) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
    }

    Answer star(Call call) throws InterruptedException {
        String wanted = call.queryValue("starred").orElse("true");
        if (!wanted.equals("true") && !wanted.equals("false")) {
            return Problem.badParameter("`starred` must be true or false.").answer();
        }
        ExchangeId id = ApiRoutes.id(call);
        boolean starred = wanted.equals("true");
        return writer.star(id, starred)
                ? JsonForm.answer(200, new MarksForm(id.toString(), starred, null))
                : Problem.unknownExchange(id).answer();
    }

    Answer tag(Call call) throws InterruptedException {
        Set<String> tags =
                new TreeSet<>(Arrays.stream(call.queryValue("tags").orElse("").split(",", -1))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .toList());
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > MOST_TAG_CHARACTERS)) {
            return Problem.badParameter("`tags` must be at most " + MOST_TAGS
                            + " tags, separated by commas, of at most " + MOST_TAG_CHARACTERS + " characters.")
                    .answer();
        }
        ExchangeId id = ApiRoutes.id(call);
        return writer.tag(id, tags)
                ? JsonForm.answer(200, new MarksForm(id.toString(), null, List.copyOf(tags)))
                : Problem.unknownExchange(id).answer();
    }

    Answer delete(Call call) throws InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        if (writer.delete(id)) {
            return JsonForm.answer(200, new DeletedForm("The exchange is deleted.", 1));
        }
        Optional<Outcome> outcome =
                reader.find(id).map(exchange -> exchange.summary().outcome());
        return outcome.isPresent()
                ? Problem.stillRunning(id).answer()
                : Problem.unknownExchange(id).answer();
    }

    /** Only with a query: deleting everything must not be what a forgotten parameter does. */
    Answer deleteMatching(Call call) throws InterruptedException {
        if (call.queryValue("q").orElse("").isBlank()) {
            return Problem.badParameter("`q` must say which exchanges are to be deleted.")
                    .answer();
        }
        return switch (QueryParameter.of(call, clock)) {
            case Parsed.Misunderstood(QueryProblem problem) ->
                Problem.badQuery(problem).answer();
            case Parsed.Understood(Query query) ->
                JsonForm.answer(200, new DeletedForm("They are deleted.", writer.delete(query, _ -> {})));
        };
    }
}
