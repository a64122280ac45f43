package dev.ccproxy.transcript;

import dev.ccproxy.anthropic.MessageContent;
import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.anthropic.UsageReader;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonCursor.Kind;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.transcript.TranscriptRecord.Answer;
import dev.ccproxy.transcript.TranscriptRecord.Title;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one line without building its tree. For one thread and one line. */
final class RecordReader {

    private static final int MOST_WORD_CHARS = 256;
    private static final int MOST_PATH_CHARS = 4_096;

    private final Bytes line;
    private final boolean wantsPrompt;
    private String type = "";
    private @Nullable Instant at;
    private @Nullable String cwd;
    private @Nullable String gitBranch;
    private @Nullable String version;
    private @Nullable JsonSpan content;
    private @Nullable Title title;
    private boolean meta;
    private boolean failed;
    private @Nullable String requestId;
    private @Nullable String requestedModel;
    private @Nullable String messageId;
    private @Nullable String model;
    private @Nullable TokenUsage usage;

    private RecordReader(Bytes line, boolean wantsPrompt) {
        this.line = line;
        this.wantsPrompt = wantsPrompt;
    }

    /** Empty when the line is no JSON object. */
    static Optional<TranscriptRecord> read(Bytes line) {
        return read(line, false);
    }

    /** {@code wantsPrompt} tells whether what a user said is worth the reading. */
    static Optional<TranscriptRecord> read(Bytes line, boolean wantsPrompt) {
        return new RecordReader(line, wantsPrompt).read();
    }

    private Optional<TranscriptRecord> read() {
        JsonCursor json = new JsonCursor(line);
        if (!json.enterObject()) {
            return Optional.empty();
        }
        while (json.nextMember()) {
            member(json);
        }
        return json.atEnd() ? Optional.of(record()) : Optional.empty();
    }

    private TranscriptRecord record() {
        Answer answer = type.equals("assistant")
                ? new Answer(messageId, requestId, model, requestedModel, usage, failed)
                : null;
        String said = wantsPrompt && type.equals("user") && !meta ? prompt() : null;
        return new TranscriptRecord(type, at, cwd, gitBranch, version, said, title, answer);
    }

    private @Nullable String prompt() {
        Bytes said = content == null ? null : content.of(line);
        return said == null
                ? null
                : MessageContent.read(new JsonCursor(said), said).prompt();
    }

    private void member(JsonCursor json) {
        switch (json.name()) {
            case "type" -> type = word(json, type);
            case "timestamp" -> at = time(json.text(MOST_WORD_CHARS));
            case "cwd" -> cwd = json.text(MOST_PATH_CHARS);
            case "gitBranch" -> gitBranch = json.text(MOST_WORD_CHARS);
            case "version" -> version = json.text(MOST_WORD_CHARS);
            case "isMeta" -> meta = json.kind() == Kind.TRUE;
            case "isApiErrorMessage" -> failed = json.kind() == Kind.TRUE;
            case "requestId" -> requestId = json.text(MOST_WORD_CHARS);
            case "requestedModel" -> requestedModel = json.text(MOST_WORD_CHARS);
            case "summary" -> title(Title.Rank.SUMMARY, json);
            case "aiTitle" -> title(Title.Rank.MADE_UP, json);
            case "customTitle" -> title(Title.Rank.CHOSEN, json);
            case "message" -> message(json);
            default -> json.skip();
        }
    }

    private void title(Title.Rank rank, JsonCursor json) {
        String text = json.text(MOST_WORD_CHARS);
        if (text != null && !text.isBlank()) {
            title = new Title(rank, text);
        }
    }

    private void message(JsonCursor json) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "id" -> messageId = json.text(MOST_WORD_CHARS);
                case "model" -> model = json.text(MOST_WORD_CHARS);
                case "content" -> content = json.span();
                case "usage" -> usage = usage(json);
                default -> json.skip();
            }
        }
    }

    private static @Nullable TokenUsage usage(JsonCursor json) {
        UsageReader reader = new UsageReader();
        reader.read(json);
        return reader.usage();
    }

    private static String word(JsonCursor json, String otherwise) {
        String given = json.text(MOST_WORD_CHARS);
        return given == null ? otherwise : given;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }
}
