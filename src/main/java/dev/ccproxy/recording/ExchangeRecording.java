package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Conversation;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.SummaryListener;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.http.Room;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.BodyFacts.State;
import dev.ccproxy.storage.ExchangeWriter;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.MemoryBudget.Claim;
import dev.ccproxy.storage.StoreEvent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The half of a recording that works off the event loop. Its public steps may be called from any thread, are done one
 * after the other on one worker, and become at most three store events in the order beginning, request, end. A step that
 * fails loses this exchange only.
 */
final class ExchangeRecording {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeRecording.class);

    private static final String MEMORY_FULL = "the memory for recording is full";

    private final Opened opened;
    private final Executor worker;
    private final MemoryBudget budget;
    private final ExchangeWriter writer;
    private final Redaction redaction;
    private final Losses losses;
    private final Understanding understanding;
    private final List<SummaryListener> listeners;

    private final BodyHash requestHash = new BodyHash();
    private final BodyHash responseHash = new BodyHash();
    private @Nullable Asked asked;

    /** What tells the request's body apart in its thread. */
    private @Nullable String bodyGroup;

    /** What {@link #asked} holds. */
    private final HeldMemory askedMemory;

    private @Nullable ExchangeSummary summary;
    private boolean failed;
    private final AtomicBoolean lost = new AtomicBoolean();

    ExchangeRecording(
            Opened opened,
            Executor worker,
            MemoryBudget budget,
            ExchangeWriter writer,
            Redaction redaction,
            Losses losses,
            Derivation derivation,
            List<SummaryListener> listeners) {
        this.opened = opened;
        this.worker = worker;
        this.budget = budget;
        this.writer = writer;
        this.redaction = redaction;
        this.losses = losses;
        this.understanding = new Understanding(opened, derivation);
        this.listeners = listeners;
        this.askedMemory = new HeldMemory(budget);
    }

    /** The request is slow: the exchange shows without it. */
    void begin() {
        step(() -> {}, _ -> {
            if (summary == null) {
                ExchangeSummary now = Summaries.asked(opened, understanding.head(), 0);
                summary = now;
                writeBegun(now, () -> tell(now));
            }
        });
    }

    void hashRequest(Lump lump) {
        step(lump::close, _ -> requestHash.add(lump.pieces()));
    }

    void hashResponse(Lump lump) {
        step(lump::close, _ -> responseHash.add(lump.pieces()));
    }

    void request(CapturedBody body) {
        step(body.rest()::close, room -> writeRequest(body, room));
    }

    /** An answer came whose header lines there was no memory for. */
    void headersDropped() {
        losses.body(MEMORY_FULL);
    }

    /** Closes {@code facts} when the exchange is written. */
    void end(CapturedEnd end, HeldMemory facts) {
        if (ForwardFailure.isOne(end.ended().outcome(), end.head() != null)) {
            report(end);
        }
        step(
                () -> {
                    end.body().rest().close();
                    if (end.rerouting() != null) {
                        end.rerouting().close();
                    }
                    facts.close();
                    askedMemory.close();
                },
                room -> writeEnd(end, room));
    }

    /** Also when this exchange is lost, and when nothing is recorded any more. */
    private void report(CapturedEnd end) {
        Runnable line = () -> ForwardFailure.of(
                        opened, asked, summary == null ? 0 : summary.requestBytes(), end.ended(), redaction)
                .log();
        try {
            worker.execute(line);
        } catch (RejectedExecutionException closed) {
            line.run();
        }
    }

    /** The memory is given back when the step is done: what goes on to the store is charged there. */
    private void step(Runnable giveBack, Consumer<Room> work) {
        try {
            worker.execute(() -> run(giveBack, work));
        } catch (RejectedExecutionException closed) {
            giveBack.run();
            loseOnce("the recorder is closed");
        }
    }

    private void run(Runnable giveBack, Consumer<Room> work) {
        try (HeldMemory room = new HeldMemory(budget)) {
            if (!failed) {
                work.accept(room);
            }
            if (room.refused()) {
                losses.trouble(MEMORY_FULL);
            }
        } catch (Throwable bug) {
            failed = true;
            LOG.error("exchangeId={} recording failed", opened.id(), bug);
            loseOnce("recording an exchange failed: " + bug);
        } finally {
            giveBack.run();
        }
    }

    private void loseOnce(String why) {
        if (!lost.getAndSet(true)) {
            losses.exchange(why);
        }
    }

    private void writeBegun(ExchangeSummary now, Runnable settled) {
        writer.write(
                new StoreEvent.Begun(
                        now,
                        ShortText.target(redaction.target(opened.target())),
                        opened.clientAddress(),
                        opened.tokenName(),
                        redaction.headers(opened.headers())),
                settled);
    }

    private void writeRequest(CapturedBody body, Room room) {
        Bytes sha256 = hash(requestHash, body);
        Bytes content = content(body, room);
        Asked said = understanding.request(content, room);
        asked = kept(said);
        ExchangeSummary plain = Summaries.asked(opened, said, body.wireLength());
        bodyGroup = sha256 == null || body.wireLength() == 0
                ? null
                : AttemptGroup.of(said.sessionId(), said.agentId(), sha256);
        Derivation.AskedFindings found = understanding.asked(plain, said, bodyGroup);
        ExchangeSummary now = plain.with(found.findings());
        boolean begun = summary != null;
        summary = now;
        if (!begun) {
            writeBegun(now, () -> {});
        }
        String encoding = AnswerReading.encoding(opened.headers());
        BodyFacts facts = new BodyFacts(
                body.wireLength(),
                sha256,
                encoding,
                content == null ? State.DROPPED : State.EXACT,
                content == null ? 0 : body.wireLength());
        writer.write(new StoreEvent.Request(now, found.group(), facts, content, found.news()), () -> tell(now));
    }

    private void writeEnd(CapturedEnd end, Room room) {
        ExchangeEvent.ResponseHead head = end.head();
        Headers headers = head == null ? Headers.EMPTY : head.headers();
        Bytes sha256 = hash(responseHash, end.body());
        Bytes wire = content(end.body(), room);
        AnswerReading answer = wire != null && sha256 != null
                ? understanding.answer(wire, sha256, headers, end.arrivals(), budget.mostDecodedBytes(), room)
                : AnswerReading.dropped(
                        end.body().wireLength(), sha256, AnswerReading.encoding(headers), end.arrivals());
        ExchangeSummary begun = Objects.requireNonNull(summary, "the request comes before the end");
        ExchangeSummary ended = Summaries.ended(opened, begun, end, answer);
        Derivation.EndedFindings found = understanding.ended(ended, asked, bodyGroup, answer.answered());
        ExchangeSummary now = ended.with(found.findings());
        writer.write(
                new StoreEvent.Ended(
                        now,
                        end.ended().detail(),
                        head == null ? null : redaction.headers(headers),
                        ShortText.identifier(headers.first("request-id").orElse(null)),
                        answer.answered().messageId(),
                        answer.facts(),
                        answer.content(),
                        answer.arrivals(),
                        found.news(),
                        end.rerouting() == null ? null : end.rerouting().legs(redaction, room)),
                () -> tell(now));
    }

    /** Without the conversation where there is no room for it: then the end tells nothing of the prompt cache. */
    private Asked kept(Asked said) {
        Conversation conversation = said.conversation();
        return conversation == null || askedMemory.take(conversation.heapBytes(), Claim.REQUEST)
                ? said
                : said.withoutConversation();
    }

    /** Null when the memory was full; a body that cannot be kept whole is counted here. */
    private @Nullable Bytes hash(BodyHash hash, CapturedBody body) {
        if (body.extent() == CapturedBody.Extent.LENGTH) {
            losses.body(MEMORY_FULL);
            return null;
        }
        if (body.extent() == CapturedBody.Extent.HASH) {
            losses.body("a body is longer than storage.record.max_body_bytes");
        }
        hash.add(body.rest().pieces());
        return hash.finish();
    }

    /** Null when it is not there whole, or there is no room for it. */
    private @Nullable Bytes content(CapturedBody body, Room room) {
        if (body.extent() != CapturedBody.Extent.WHOLE) {
            return null;
        }
        Bytes content = body.joined(room);
        if (content == null) {
            losses.body(MEMORY_FULL);
        }
        return content;
    }

    private void tell(ExchangeSummary now) {
        for (SummaryListener listener : listeners) {
            try {
                listener.changed(now);
            } catch (RuntimeException bug) {
                LOG.error("exchangeId={} a summary listener failed", opened.id(), bug);
            }
        }
    }
}
