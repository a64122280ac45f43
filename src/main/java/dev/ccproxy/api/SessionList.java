package dev.ccproxy.api;

import dev.ccproxy.api.form.SessionForm;
import dev.ccproxy.api.form.SessionPageForm;
import dev.ccproxy.api.form.TurnPageForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.AttemptReason;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.session.Anomalies;
import dev.ccproxy.storage.SessionReader;
import dev.ccproxy.storage.StoredSession;
import java.util.List;
import java.util.Optional;

/** Sessions, one of them, and its turns. Safe for all threads. */
final class SessionList {

    static final Whole LIMIT = new Whole(1, 200, 50);
    static final Whole TURNS = new Whole(1, 50, 20);
    static final Whole TURN = new Whole(0, Integer.MAX_VALUE, 0);

    private final SessionReader reader;

    SessionList(SessionReader reader) {
        this.reader = reader;
    }

    Answer list(Call call) {
        int limit = (int) LIMIT.of(call, "limit");
        try {
            return JsonForm.answer(
                    200,
                    SessionPageForm.of(reader.sessions(
                            call.queryValue("q").orElse(null),
                            limit,
                            call.queryValue("cursor").orElse(null))));
        } catch (IllegalArgumentException unknownCursor) {
            return Problem.badParameter("`cursor` must be the `next` of a page of this list, or be left out.")
                    .answer();
        }
    }

    Answer one(Call call) {
        String id = call.pathValue("id");
        Optional<StoredSession> found = reader.session(id);
        return found.isEmpty()
                ? Problem.unrecordedSession(id).answer()
                : JsonForm.answer(
                        200,
                        SessionForm.of(
                                found.get(),
                                Anomalies.in(found.get().steps().stream()
                                        .map(SessionList::step)
                                        .toList())));
    }

    private static Anomalies.Step step(StoredSession.Step step) {
        return new Anomalies.Step(
                step.id(),
                step.at(),
                step.agentId(),
                step.kind() == Kind.MAIN || step.kind() == Kind.SUBAGENT,
                step.outcome(),
                step.context(),
                step.calls(),
                step.tool(),
                step.reason() == null ? null : AttemptReason.ofWord(step.reason()));
    }

    Answer turns(Call call) {
        String id = call.pathValue("id");
        int limit = (int) TURNS.of(call, "limit");
        // Before the first turn stands what belongs to none.
        int after = call.queryValue("cursor").isPresent() ? (int) TURN.of(call, "cursor") : -1;
        if (reader.session(id).isEmpty()) {
            return Problem.unrecordedSession(id).answer();
        }
        return JsonForm.answer(200, TurnPageForm.of(List.copyOf(reader.turns(id, after, limit + 1)), limit));
    }
}
