package dev.ccproxy.proxy;

import dev.ccproxy.anthropic.Demotion;
import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.upstream.UpstreamFailure;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A stream that the client did not ask for: collected whole, then given as one answer. For one event loop. */
final class FoldedRelay {

    /** What a record says of a request that was changed. */
    static final String NOTE = "sent on with stream set to true (demote_nonstreaming)";

    private final RunningExchange.Parts parts;
    private final Headers headers;
    private final Consumer<Bytes> heard;
    private final HeldBody stream;
    private long lastByteNanos = System.nanoTime();
    private boolean collected;
    private boolean ended;

    /**
     * Of an answer with these headers.
     *
     * @param heard gets each piece as it comes
     */
    FoldedRelay(RunningExchange.Parts parts, Headers headers, Consumer<Bytes> heard) {
        this.parts = parts;
        this.headers = headers;
        this.heard = heard;
        this.stream = new HeldBody(parts.memory());
    }

    static UpstreamFailure failure(ProviderSettings provider, String why) {
        return new UpstreamFailure.Broke("the stream of upstream " + provider.name() + " cannot be folded: " + why);
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
            Bytes bytes = Observers.bytes(piece);
            heard.accept(bytes);
            if (!ended && !stream.add(bytes)) {
                unusable.accept("it is longer than this proxy can hold");
            }
        });
        upstream.endHandler(end -> {
            collected = true;
            Bytes wire = stream.joined();
            parts.loop()
                    .owner()
                    .executeBlocking(() -> Demotion.fold(wire, headers, parts.memory()), false)
                    .onSuccess(folded -> answer(folded, wire.length(), whole, unusable))
                    .onFailure(defect -> {
                        if (!ended) {
                            unusable.accept("folding it failed: " + defect);
                        }
                    });
        });
    }

    private void answer(Demotion.Folded folded, int wireBytes, Runnable whole, Consumer<String> unusable) {
        if (ended) {
            return;
        }
        switch (folded) {
            case Demotion.Folded.Message(Bytes json) -> {
                parts.notes().add("the answer was folded from a stream of " + wireBytes + " bytes");
                parts.relay().folded(200, corrected(), json, whole);
            }
            case Demotion.Folded.Failure(int status, Bytes json) -> {
                parts.notes().add("an error event in a stream of " + wireBytes + " bytes became status " + status);
                parts.relay().folded(status, corrected(), json, whole);
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
