package dev.ccproxy.api;

import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.feed.RunningAnswer;
import dev.ccproxy.feed.RunningAnswers;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.ExchangeReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A streamed answer while it is being written: what has come so far at once, the rest as it comes, in the content
 * encoding in which the upstream sends it. Ends with the answer. Safe for all threads.
 */
final class LiveAnswer implements Endpoint.Handler {

    /** How long a viewer waits for the answer's head; then it gets nothing and has to ask again. */
    static final Duration HEAD = Duration.ofSeconds(20);

    /** How often a waiting viewer looks whether its client has gone. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int VIEWERS = 256;

    private final RunningAnswers answers;
    private final ExchangeReader reader;
    private final Duration headWait;
    private final Semaphore places = new Semaphore(VIEWERS);

    LiveAnswer(RunningAnswers answers, ExchangeReader reader, Duration headWait) {
        this.answers = answers;
        this.reader = reader;
        this.headWait = headWait;
    }

    @Override
    public Answer answer(Call call) throws InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        if (!places.tryAcquire()) {
            return Problem.tooManyViewers(VIEWERS, "answers that are being written")
                    .answer();
        }
        Optional<RunningAnswer> running = answers.watch(id);
        if (running.isEmpty()) {
            places.release();
            return notRunning(id);
        }
        Viewer viewer = new Viewer(running.get());
        try {
            Optional<Headers> head = running.get().head(headWait);
            if (head.isPresent()) {
                return new Answer.Streamed(200, headers(head.get()), viewer);
            }
        } catch (InterruptedException stopped) {
            viewer.close();
            throw stopped;
        }
        // Never followed later: what comes may be in an encoding that was not told.
        viewer.close();
        return new Answer.Streamed(200, headers(Headers.EMPTY), sink -> {});
    }

    private Answer notRunning(ExchangeId id) {
        return reader.find(id)
                .map(exchange ->
                        Problem.notRunning(id, exchange.summary().outcome().word()))
                .orElseGet(() -> Problem.unknownExchange(id))
                .answer();
    }

    private static Headers headers(Headers upstream) {
        List<Header> lines = new ArrayList<>();
        lines.add(new Header("Content-Type", "text/event-stream"));
        lines.add(new Header("X-Accel-Buffering", "no"));
        upstream.all("content-encoding").forEach(coding -> lines.add(new Header("Content-Encoding", coding)));
        return new Headers(lines);
    }

    /** Has a place, and a share in what is held of its answer, until it is closed. */
    private final class Viewer implements Answer.Writer {
        private final RunningAnswer answer;

        Viewer(RunningAnswer answer) {
            this.answer = answer;
        }

        @Override
        public void writeTo(Answer.Sink sink) throws IOException, InterruptedException {
            int at = 0;
            Optional<Bytes> piece = answer.read(at, LOOK);
            while (piece.isPresent() && !sink.closed()) {
                if (!piece.get().isEmpty()) {
                    sink.write(piece.get());
                    at += piece.get().length();
                }
                piece = answer.read(at, LOOK);
            }
        }

        @Override
        public void close() {
            answers.leave(answer);
            places.release();
        }
    }
}
