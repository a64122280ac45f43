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

/**
 * A streamed answer while it is being written: what has come so far at once, the rest as it comes, in the content
 * encoding in which the upstream sends it. Ends with the answer.
 */
final class LiveAnswer implements Endpoint.Handler {

    /** How long a viewer waits for the answer's head; then it gets nothing and has to ask again. */
    static final Duration HEAD = Duration.ofSeconds(20);

    /** How often a waiting viewer looks whether its client has gone. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final RunningAnswers answers;
    private final ExchangeReader reader;

    LiveAnswer(RunningAnswers answers, ExchangeReader reader) {
        this.answers = answers;
        this.reader = reader;
    }

    @Override
    public Answer answer(Call call) throws InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        Optional<RunningAnswer> running = answers.find(id);
        if (running.isEmpty()) {
            return reader.find(id)
                    .map(exchange ->
                            Problem.notRunning(id, exchange.summary().outcome().word()))
                    .orElseGet(() -> Problem.unknownExchange(id))
                    .answer();
        }
        RunningAnswer answer = running.get();
        Headers head = answer.head(HEAD).orElse(Headers.EMPTY);
        return new Answer.Streamed(200, headers(head), sink -> follow(answer, sink));
    }

    private static Headers headers(Headers upstream) {
        List<Header> lines = new ArrayList<>();
        lines.add(new Header("Content-Type", "text/event-stream"));
        lines.add(new Header("X-Accel-Buffering", "no"));
        upstream.all("content-encoding").forEach(coding -> lines.add(new Header("Content-Encoding", coding)));
        return new Headers(lines);
    }

    private static void follow(RunningAnswer answer, Answer.Sink sink) throws IOException, InterruptedException {
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
}
