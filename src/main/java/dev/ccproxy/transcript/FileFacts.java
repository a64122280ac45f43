package dev.ccproxy.transcript;

import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.transcript.TranscriptLines.Line;
import dev.ccproxy.transcript.TranscriptRecord.Answer;
import dev.ccproxy.transcript.TranscriptRecord.Title;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the lines of one file say. For one thread.
 *
 * <p>The client writes a record for each block of an answer and repeats the answer's usage in each: the last one counts,
 * once. Of very long files the oldest answers are forgotten ({@link #MOST_ANSWERS}); their tokens stay counted.
 */
final class FileFacts {

    /** Some tens of megabytes of heap. */
    static final int MOST_ANSWERS = 100_000;

    private static final int MOST_TYPES = 200;
    private static final int MOST_VERSIONS = 100;
    private static final String UNNAMED_MODEL = "";

    private final @Nullable String agent;
    private final Map<String, Long> types = new TreeMap<>();
    private final Set<String> versions = new LinkedHashSet<>();
    private final Map<String, TokenSums> tokens = new TreeMap<>();
    private final LinkedHashMap<String, TranscriptAnswer> answers = new LinkedHashMap<>();
    private long records;
    private long broken;
    private long tooLong;
    private long failures;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private @Nullable String firstPrompt;
    private @Nullable Title title;
    private @Nullable String cwd;
    private @Nullable String gitBranch;

    FileFacts(@Nullable String agent) {
        this.agent = agent;
    }

    /** Takes the next line; false for one that may not be whole yet: it is to be offered again. */
    boolean take(Line line) {
        if (line.text() == null) {
            tooLong += line.whole() ? 1 : 0;
            return line.whole();
        }
        TranscriptRecord record =
                RecordReader.read(line.text(), firstPrompt == null).orElse(null);
        if (record == null) {
            broken += line.whole() ? 1 : 0;
            return line.whole();
        }
        count(record);
        if (record.answer() != null) {
            answer(record.answer(), record.at(), line.from());
        }
        return true;
    }

    private void count(TranscriptRecord record) {
        records++;
        if (types.containsKey(record.type()) || types.size() < MOST_TYPES) {
            types.merge(record.type(), 1L, Long::sum);
        }
        Instant at = record.at();
        if (at != null) {
            start = start == null || at.isBefore(start) ? at : start;
            end = end == null || at.isAfter(end) ? at : end;
        }
        firstPrompt = firstPrompt == null ? record.prompt() : firstPrompt;
        cwd = record.cwd() == null ? cwd : record.cwd();
        gitBranch = record.gitBranch() == null ? gitBranch : record.gitBranch();
        if (record.version() != null && versions.size() < MOST_VERSIONS) {
            versions.add(record.version());
        }
        Title given = record.title();
        if (given != null && (title == null || given.rank().compareTo(title.rank()) >= 0)) {
            title = given;
        }
    }

    private void answer(Answer answer, @Nullable Instant at, long offset) {
        if (answer.failed() || answer.messageId() == null) {
            failures += answer.failed() ? 1 : 0;
            return;
        }
        TranscriptAnswer before = answers.get(answer.messageId());
        TokenUsage usage = answer.usage() == null && before != null ? before.usage() : answer.usage();
        TranscriptAnswer now = before == null
                ? new TranscriptAnswer(answer.messageId(), answer.requestId(), answer.model(), agent, at, offset, usage)
                : new TranscriptAnswer(
                        before.messageId(),
                        before.requestId() == null ? answer.requestId() : before.requestId(),
                        before.model(),
                        agent,
                        before.at(),
                        before.offset(),
                        usage);
        answers.put(now.messageId(), now);
        add(before, now);
        if (answers.size() > MOST_ANSWERS) {
            answers.pollFirstEntry();
        }
    }

    private void add(@Nullable TranscriptAnswer before, TranscriptAnswer now) {
        String model = now.model() == null ? UNNAMED_MODEL : now.model();
        TokenSums sums = tokens.getOrDefault(model, TokenSums.NONE);
        if (before != null && before.usage() != null) {
            sums = sums.minus(before.usage());
        }
        tokens.put(model, now.usage() == null ? sums : sums.plus(now.usage()));
    }

    /** How much is held, in answers: what takes the room. */
    int weight() {
        return 1 + answers.size();
    }

    TranscriptFacts facts() {
        return new TranscriptFacts(
                records,
                Collections.unmodifiableMap(new TreeMap<>(types)),
                broken,
                tooLong,
                start,
                end,
                firstPrompt,
                title == null ? null : title.text(),
                cwd,
                gitBranch,
                List.copyOf(versions),
                failures,
                Collections.unmodifiableList(new ArrayList<>(answers.values())),
                Collections.unmodifiableMap(new TreeMap<>(tokens)));
    }
}
