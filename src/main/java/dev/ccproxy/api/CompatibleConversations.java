package dev.ccproxy.api;

import dev.ccproxy.api.form.ConversationListForm;
import dev.ccproxy.api.form.ConversationMessageForm;
import dev.ccproxy.api.form.ConversationRowForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.json.JsonSpans;
import dev.ccproxy.transcript.TranscriptFacts;
import dev.ccproxy.transcript.TranscriptFile;
import dev.ccproxy.transcript.Transcripts;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claude Code's session files in the original's form. Whole sessions are written record by record: none is held in memory,
 * however long it is.
 */
final class CompatibleConversations {

    static final Whole PAGE = new Whole(1, 1_000_000, 1);
    static final Whole LIMIT = new Whole(1, 100, 10);

    private static final int FIRST_MESSAGE_CHARS = 200;

    private final SessionFiles files;
    private final StoredBytes bodies;

    CompatibleConversations(SessionFiles files, StoredBytes bodies) {
        this.files = files;
        this.bodies = bodies;
    }

    /** Only the files of this page are read. */
    Answer list(Call call) throws InterruptedException {
        long limit = LIMIT.of(call, "limit");
        long skip = (PAGE.of(call, "page") - 1) * limit;
        return files.show(transcripts -> {
            List<TranscriptFile> sessions = transcripts.sessions();
            List<ConversationRowForm> rows = new ArrayList<>();
            for (TranscriptFile session :
                    sessions.stream().skip(skip).limit(limit).toList()) {
                rows.add(row(transcripts.facts(session), session));
            }
            return JsonForm.answer(200, new ConversationListForm(rows, sessions.size() > skip + limit));
        });
    }

    private static ConversationRowForm row(TranscriptFacts facts, TranscriptFile session) {
        Instant start = Objects.requireNonNullElse(facts.start(), session.modified());
        Instant end = Objects.requireNonNullElse(facts.end(), session.modified());
        return new ConversationRowForm(
                session.session(),
                facts.records(),
                rfc3339(start),
                rfc3339(end),
                start.until(end, ChronoUnit.MILLIS),
                shortened(Objects.requireNonNullElse(facts.firstPrompt(), "")),
                session.project());
    }

    Answer one(Call call) throws InterruptedException {
        return files.showSession(
                call, (transcripts, session) -> streamed(sink -> write(transcripts, session, "", sink)));
    }

    Answer ofProject(Call call) throws InterruptedException {
        return files.show(transcripts -> {
            String project = call.query().getOrDefault("project", "");
            Optional<List<TranscriptFile>> sessions = transcripts.sessions(project);
            return sessions.isEmpty()
                    ? Problem.unknownProject(project).answer()
                    : streamed(sink -> writeAll(transcripts, sessions.get(), sink));
        });
    }

    private static Answer streamed(Answer.Writer writer) {
        return new Answer.Streamed(200, Headers.of("Content-Type", "application/json"), writer);
    }

    private void writeAll(Transcripts transcripts, List<TranscriptFile> sessions, Answer.Sink sink)
            throws IOException, InterruptedException {
        String before = "[";
        for (TranscriptFile session : sessions) {
            write(transcripts, session, before, sink);
            before = ",";
        }
        sink.write(Bytes.utf8(sessions.isEmpty() ? "[]" : "]"));
    }

    private void write(Transcripts transcripts, TranscriptFile session, String before, Answer.Sink sink)
            throws IOException, InterruptedException {
        sink.write(Bytes.utf8(before + "{\"sessionId\":" + quoted(session.session()) + ",\"projectPath\":"
                + quoted(session.project()) + ",\"projectName\":" + quoted(session.project()) + ",\"messages\":["));
        long[] count = {0};
        transcripts.visit(session, record -> {
            Bytes message = bodies.inTurn(() -> JsonForm.bytes(message(record)));
            sink.write(Bytes.utf8(count[0]++ == 0 ? "" : ","));
            sink.write(message);
        });
        TranscriptFacts facts = transcripts.facts(session);
        Instant start = Objects.requireNonNullElse(facts.start(), session.modified());
        Instant end = Objects.requireNonNullElse(facts.end(), session.modified());
        sink.write(Bytes.utf8("],\"startTime\":" + quoted(rfc3339(start)) + ",\"endTime\":" + quoted(rfc3339(end))
                + ",\"messageCount\":" + count[0] + "}"));
    }

    private static ConversationMessageForm message(Bytes record) {
        Map<String, JsonSpan> members = JsonSpans.members(record).orElse(Map.of());
        JsonSpan sidechain = members.get("isSidechain");
        JsonSpan message = members.get("message");
        return new ConversationMessageForm(
                text(record, members.get("parentUuid")),
                sidechain != null && sidechain.of(record).utf8().equals("true"),
                textOrEmpty(record, members.get("userType")),
                textOrEmpty(record, members.get("cwd")),
                textOrEmpty(record, members.get("sessionId")),
                textOrEmpty(record, members.get("version")),
                textOrEmpty(record, members.get("type")),
                message == null ? null : RecordedJson.whole(message.of(record)).orElse(null),
                textOrEmpty(record, members.get("uuid")),
                textOrEmpty(record, members.get("timestamp")));
    }

    private static String textOrEmpty(Bytes record, @Nullable JsonSpan span) {
        return Objects.requireNonNullElse(text(record, span), "");
    }

    private static @Nullable String text(Bytes record, @Nullable JsonSpan span) {
        return span == null ? null : new JsonCursor(span.of(record)).text();
    }

    private static String quoted(String text) {
        return JsonForm.bytes(text).utf8();
    }

    private static String rfc3339(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String shortened(String text) {
        return text.length() <= FIRST_MESSAGE_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, FIRST_MESSAGE_CHARS - 1)))
                        + "...";
    }
}
