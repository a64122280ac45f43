package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.FailedAttempt;
import dev.ccproxy.exchange.RouteTaken;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.http.Room;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.BodyFacts.State;
import dev.ccproxy.storage.HeldMemory;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.Sha256;
import dev.ccproxy.storage.UpstreamLegs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what went to another provider and came back, beside what the client sent and got. Where several were asked, the
 * last one counts. On one event loop until {@link #legs}, which belongs to the worker.
 */
final class ReroutingTap {

    private final ExchangeEvent.Rerouted sent;
    private final @Nullable Bytes request;
    private final BodyTap answer;
    private final HeldMemory memory;
    private ExchangeEvent.@Nullable UpstreamHead head;
    private List<String> losses = List.of();
    private List<FailedAttempt> failed = List.of();
    private @Nullable CapturedBody captured;

    ReroutingTap(ExchangeEvent.Rerouted sent, long maxBodyBytes, MemoryBudget budget) {
        this.sent = sent;
        this.memory = new HeldMemory(budget);
        boolean kept =
                sent.body().length() <= maxBodyBytes && memory.take(sent.body().length());
        this.request = kept ? sent.body() : null;
        this.answer = new BodyTap(maxBodyBytes, budget, Lump::close);
    }

    RouteTaken route() {
        return sent.route();
    }

    void head(ExchangeEvent.UpstreamHead upstream) {
        head = upstream;
    }

    void add(Bytes piece) {
        answer.add(piece);
    }

    void losses(List<String> names) {
        losses = names;
    }

    /** The loop is done with it; {@code before} were asked first, and did not answer. */
    ReroutingTap finish(List<FailedAttempt> before) {
        failed = List.copyOf(before);
        captured = answer.finish();
        return this;
    }

    /** Gives the memory back. */
    void close() {
        memory.close();
        if (captured != null) {
            captured.rest().close();
        }
    }

    /** In the form in which it is stored. */
    UpstreamLegs legs(Redaction redaction, Room room) {
        Bytes response = response(room);
        ExchangeEvent.UpstreamHead upstream = head;
        BodyFacts responseFacts = captured == null || captured.wireLength() == 0
                ? null
                : facts(captured.wireLength(), response, encoding(upstream));
        return new UpstreamLegs(
                sent.route(),
                failed,
                losses,
                redaction.headers(sent.headers()),
                facts(sent.body().length(), request, null),
                request,
                upstream == null ? null : upstream.status(),
                upstream == null ? null : redaction.headers(upstream.headers()),
                responseFacts,
                response);
    }

    private static @Nullable String encoding(ExchangeEvent.@Nullable UpstreamHead head) {
        Headers headers = head == null ? Headers.EMPTY : head.headers();
        return headers.first("content-encoding").orElse(null);
    }

    private @Nullable Bytes response(Room room) {
        boolean whole = captured != null && captured.wireLength() > 0 && captured.extent() == CapturedBody.Extent.WHOLE;
        return whole && captured != null ? captured.joined(room) : null;
    }

    private static BodyFacts facts(long length, @Nullable Bytes content, @Nullable String encoding) {
        return new BodyFacts(
                length,
                content == null ? null : Sha256.of(content),
                encoding,
                content == null ? State.DROPPED : State.EXACT,
                content == null ? 0 : content.length());
    }
}
