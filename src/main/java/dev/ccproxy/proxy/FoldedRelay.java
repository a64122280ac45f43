package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A stream that the client did not ask for: collected whole, then given as one answer. For one event loop. */
final class FoldedRelay {

    private final Vertx vertx;
    private final Headers headers;
    private final Room memory;
    private final Relay client;
    private final Notes notes;
    private final HeldBody stream;
    private long lastByteNanos = System.nanoTime();
    private boolean collected;
    private boolean ended;

    FoldedRelay(Vertx vertx, Headers headers, Room memory, Relay client, Notes notes) {
        this.vertx = vertx;
        this.headers = headers;
        this.memory = memory;
        this.client = client;
        this.notes = notes;
        this.stream = new HeldBody(memory);
    }

    /**
     * Collects, folds, answers. Folding takes its time with long streams, and event loops have none.
     *
     * @param whole runs when the client has the last byte
     * @param unusable gets why there is nothing to answer with
     */
    void from(HttpClientResponse upstream, Runnable whole, Consumer<String> unusable) {
        upstream.handler(piece -> {
            lastByteNanos = System.nanoTime();
            if (!ended && !stream.add(Observers.bytes(piece))) {
                unusable.accept("it is longer than this proxy can hold");
            }
        });
        upstream.endHandler(end -> {
            collected = true;
            Bytes wire = stream.joined();
            vertx.executeBlocking(() -> Demotion.fold(wire, headers, memory), false)
                    .onSuccess(folded -> answer(folded, wire.length(), whole, unusable))
                    .onFailure(defect -> unusable.accept("folding it failed: " + defect));
        });
    }

    private void answer(Demotion.Folded folded, int wireBytes, Runnable whole, Consumer<String> unusable) {
        if (ended) {
            return;
        }
        switch (folded) {
            case Demotion.Folded.Message(Bytes json) -> {
                notes.add("the answer was folded from a stream of " + wireBytes + " bytes");
                client.folded(200, corrected(), json, whole);
            }
            case Demotion.Folded.Failure(int status, Bytes json) -> {
                notes.add("an error event in a stream of " + wireBytes + " bytes became status " + status);
                client.folded(status, corrected(), json, whole);
            }
            case Demotion.Folded.Unusable(String why) -> unusable.accept(why);
        }
    }

    /** The upstream's headers, with those that speak of the content corrected. */
    private Headers corrected() {
        List<Header> lines = new ArrayList<>();
        for (Header line : headers) {
            if (line.is("content-type")) {
                lines.add(new Header(line.name(), "application/json"));
            } else if (!line.is("content-encoding") && !line.is("content-length")) {
                lines.add(line);
            }
        }
        return new Headers(lines);
    }

    /** How long the upstream has sent nothing. */
    long silentNanos(long nowNanos) {
        return collected ? 0 : nowNanos - lastByteNanos;
    }

    void release() {
        ended = true;
        stream.drop();
    }
}
