package dev.ccproxy.api;

import dev.ccproxy.api.form.ConversationExchangePageForm;
import dev.ccproxy.api.form.ConversationExchangePageForm.Place;
import dev.ccproxy.api.form.ConversationRecordPageForm;
import dev.ccproxy.api.form.ConversationRecordPageForm.RecordForm;
import dev.ccproxy.api.form.ConversationSummaryForm;
import dev.ccproxy.api.form.RawJson;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.storage.ExchangeNames;
import dev.ccproxy.transcript.ExchangeJoin;
import dev.ccproxy.transcript.RecordPage;
import dev.ccproxy.transcript.TranscriptFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claude Code's session files in our own form: what they hold, their records, and which exchanges they tell of. */
final class Conversations {

    static final Whole LIMIT = new Whole(1, 500, 100);

    /** A cursor of records is an offset in the file. */
    static final Whole OFFSET = new Whole(0, Long.MAX_VALUE, 0);

    static final Whole INDEX = new Whole(0, Integer.MAX_VALUE, 0);

    private final SessionFiles files;
    private final ExchangeNames names;
    private final StoredBytes bodies;

    Conversations(SessionFiles files, ExchangeNames names, StoredBytes bodies) {
        this.files = files;
        this.names = names;
        this.bodies = bodies;
    }

    Answer summary(Call call) throws InterruptedException {
        return files.showSession(
                call,
                (transcripts, session) -> JsonForm.answer(200, ConversationSummaryForm.of(transcripts.whole(session))));
    }

    Answer records(Call call) throws InterruptedException {
        long from = OFFSET.of(call, "cursor");
        int limit = (int) LIMIT.of(call, "limit");
        boolean whole = "whole".equals(call.query().get("texts"));
        return files.showSession(call, (transcripts, session) -> {
            String agent = call.query().get("agent");
            Optional<TranscriptFile> file = agent == null ? Optional.of(session) : transcripts.subagent(session, agent);
            return file.isEmpty()
                    ? Problem.unknownSession(session.session() + " with agent " + agent)
                            .answer()
                    : bodies.inTurn(() -> JsonForm.answer(200, page(file.get(), from, limit, whole)));
        });
    }

    private static ConversationRecordPageForm page(TranscriptFile file, long from, int limit, boolean whole)
            throws IOException {
        RecordPage page = RecordPage.of(file, from, limit);
        List<RecordForm> items = page.items().stream()
                .map(item ->
                        new RecordForm(Long.toString(item.offset()), record(item.text(), file, item.offset(), whole)))
                .toList();
        return new ConversationRecordPageForm(items, Long.toString(page.end()), page.more());
    }

    private static @Nullable RawJson record(@Nullable Bytes text, TranscriptFile file, long offset, boolean whole) {
        if (text == null) {
            return null;
        }
        String href = "/api/conversations/" + file.session() + "/records?project="
                + URLEncoder.encode(file.project(), StandardCharsets.UTF_8)
                + (file.agent() == null ? "" : "&agent=" + file.agent())
                + "&limit=1&texts=whole&cursor=" + offset;
        return (whole ? RecordedJson.whole(text) : RecordedJson.bounded(text, href)).orElse(null);
    }

    Answer exchanges(Call call) throws InterruptedException {
        String in = call.query().get("in");
        Optional<Place> only = Arrays.stream(Place.values())
                .filter(place -> place.name().toLowerCase(Locale.ROOT).equals(in))
                .findFirst();
        if (in != null && only.isEmpty()) {
            return Problem.badParameter("`in` must be both, wire or files, or be left out.")
                    .answer();
        }
        int from = (int) INDEX.of(call, "cursor");
        int limit = (int) LIMIT.of(call, "limit");
        return files.showSession(
                call,
                (transcripts, session) -> bodies.inTurn(() -> JsonForm.answer(
                        200,
                        ConversationExchangePageForm.of(
                                ExchangeJoin.of(transcripts.whole(session), names),
                                session.session(),
                                only.orElse(null),
                                from,
                                limit))));
    }
}
