package dev.ccproxy.proxy;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.translate.AnswerStream;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The answer of a provider of another format on its way to the client. A stream is translated event by event, each in the
 * turn in which it was read; a whole answer and an error when they are whole, and so what comes in another way than it was
 * asked for. A stream that breaks off is broken off, and
 * one that is silent is kept alive with pings. On the exchange's event loop.
 */
final class TranslatedAnswer {

    /** The client gives a stream up after 300 silent seconds. */
    private static final Duration PING = Duration.ofSeconds(15);

    /** How often it is looked whether that long has passed. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Bytes MESSAGES_PING = Bytes.utf8("event: ping\ndata: {\"type\": \"ping\"}\n\n");
    private static final Bytes CHAT_PING = Bytes.utf8(": ping\n\n");

    private static final int MOST_ERROR_BYTES = 1 << 20;
    private static final int MOST_WHOLE_BYTES = 64 << 20;

    /** How long a provider may take to end what it has said the end of. */
    private static final Duration TRAILING = Duration.ofSeconds(5);

    private final HttpClientResponse upstream;
    private final Attempt attempt;
    private final Relay relay;
    private final Observers observers;
    private final Context loop;
    private final Ending ending;
    private final List<Bytes> written = new ArrayList<>();
    private long lastWriteNanos = System.nanoTime();
    private long pingTimer = -1;
    private boolean finished;

    /**
     * What happens in the end; one of them, once.
     *
     * @param whole the client has everything
     * @param broken the provider broke off, or said what is no answer
     */
    record Ending(Runnable whole, Consumer<Throwable> broken) {}

    TranslatedAnswer(
            HttpClientResponse upstream,
            Attempt attempt,
            Relay relay,
            Observers observers,
            Context loop,
            Ending ending) {
        this.upstream = upstream;
        this.attempt = attempt;
        this.relay = relay;
        this.observers = observers;
        this.loop = loop;
        this.ending = ending;
    }

    void start() {
        Headers headers = ForwardedHeaders.read(upstream.headers());
        int status = upstream.statusCode();
        upstream.exceptionHandler(this::broke);
        if (status < 200 || status >= 300) {
            gather(MOST_ERROR_BYTES, true, body -> error(status, headers, body));
        } else if (isStream(headers) && attempt.wantsStream()) {
            stream(status, headers);
        } else {
            gather(MOST_WHOLE_BYTES, false, body -> translate(status, headers, body));
        }
    }

    /** Where the provider does not say what it sends, it is what was asked for. */
    private boolean isStream(Headers headers) {
        return headers.first("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .orElse(attempt.wantsStream());
    }

    private void stream(int status, Headers headers) {
        AnswerStream stream = attempt.translator().stream(written::add);
        relay.promise(status, attempt.translator().head(headers, true), true);
        relay.flushHead();
        pingTimer = loop.owner().setPeriodic(LOOK.toMillis(), timer -> ping());
        upstream.handler(piece -> {
            Bytes bytes = Observers.bytes(piece);
            observers.tell(new ExchangeEvent.UpstreamBytes(bytes, System.nanoTime()));
            if (!finished) {
                stream.feed(bytes);
                flush();
                if (stream.state() != AnswerStream.State.RUNNING) {
                    finish();
                    loop.owner()
                            .setTimer(
                                    TRAILING.toMillis(),
                                    timer -> upstream.request().reset());
                }
            }
        });
        upstream.endHandler(end -> {
            if (!finished) {
                AnswerStream.State state = stream.end();
                flush();
                if (state == AnswerStream.State.RUNNING) {
                    broke(new IOException("ended its stream in the middle of the answer"));
                } else {
                    finish();
                }
            }
        });
    }

    /** Everything that this turn gave, in one write. */
    private void flush() {
        if (!written.isEmpty() && !finished) {
            lastWriteNanos = System.nanoTime();
            relay.pass(Bytes.joined(written), upstream);
            written.clear();
        }
    }

    private void ping() {
        if (!finished && System.nanoTime() - lastWriteNanos >= PING.toNanos()) {
            written.add(attempt.isForMessages() ? MESSAGES_PING : CHAT_PING);
            flush();
        }
    }

    private void gather(int most, boolean cut, Consumer<Bytes> whole) {
        List<Bytes> pieces = new ArrayList<>();
        long[] length = {0};
        upstream.handler(piece -> {
            Bytes bytes = Observers.bytes(piece);
            observers.tell(new ExchangeEvent.UpstreamBytes(bytes, System.nanoTime()));
            length[0] += bytes.length();
            if (length[0] <= most) {
                pieces.add(bytes);
            } else if (!cut) {
                broke(new IOException("answered with more than can be translated"));
            }
        });
        upstream.endHandler(end -> {
            if (!finished) {
                whole.accept(Bytes.joined(pieces));
            }
        });
    }

    private void error(int status, Headers headers, Bytes body) {
        int kept = status >= 400 ? status : 502;
        Bytes error = attempt.translator().error(kept, body).body();
        answer(kept, attempt.translator().head(headers, false), error);
    }

    /** Elsewhere, because a whole answer may be long. */
    private void translate(int status, Headers headers, Bytes body) {
        Thread.startVirtualThread(() -> {
            Optional<Bytes> answer = translated(body, isStream(headers));
            loop.runOnContext(turn -> {
                if (answer.isPresent()) {
                    answer(status, attempt.translator().head(headers, attempt.wantsStream()), answer.get());
                } else {
                    broke(new IOException("answered with something that is no answer"));
                }
            });
        });
    }

    /** Some servers do not stream, though they are asked to, and some always do. */
    private Optional<Bytes> translated(Bytes body, boolean streamed) {
        try {
            if (streamed) {
                return attempt.translator().streamAsAnswer(body);
            }
            return attempt.wantsStream()
                    ? attempt.translator().answerAsStream(body)
                    : attempt.translator().answer(body);
        } catch (RuntimeException bug) {
            return Optional.empty();
        }
    }

    private void answer(int status, Headers headers, Bytes body) {
        if (!finished) {
            relay.promise(status, headers, false);
            relay.pass(body, null);
            finish();
        }
    }

    private void finish() {
        stop();
        relay.finish(ending.whole());
    }

    private void broke(Throwable cause) {
        if (!finished) {
            stop();
            ending.broken().accept(cause);
        }
    }

    /** Nothing more is written; also when the exchange ends otherwise. */
    void stop() {
        finished = true;
        if (pingTimer != -1) {
            loop.owner().cancelTimer(pingTimer);
            pingTimer = -1;
        }
    }
}
