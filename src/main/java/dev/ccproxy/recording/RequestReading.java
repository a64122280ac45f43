package dev.ccproxy.recording;

import dev.ccproxy.anthropic.Fingerprint;
import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.exchange.InferredFrom;
import dev.ccproxy.exchange.KindRule;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.ContentDecoding;
import dev.ccproxy.http.Decoded;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands a request: its headers as soon as it begins, its body when that is whole. */
final class RequestReading {

    static final String SESSION = "x-claude-code-session-id";
    static final String AGENT = "x-claude-code-agent-id";

    /** Above this an encoded body is not read; no client encodes its requests today. */
    private static final int MOST_DECODED_BYTES = 64 << 20;

    private RequestReading() {}

    /**
     * Reads what is there.
     *
     * @param marks where to read on from, and what is told where the next may
     * @param room for a body that came encoded; without it the body is not read
     */
    static Asked read(Opened opened, @Nullable Bytes body, MarkMemory marks, Room room) {
        Headers headers = opened.headers();
        Optional<RequestFacts> facts = Optional.ofNullable(body)
                .flatMap(bytes -> plain(headers, bytes, room))
                .flatMap(plain -> facts(headers, plain, marks));
        Optional<String> header = headers.first(SESSION);
        Optional<String> session = header.or(() -> facts.map(RequestFacts::sessionId));
        return new Asked(
                KindRule.of(opened.method(), Summaries.path(opened.target()), headers, facts),
                facts.map(RequestFacts::model).orElse(null),
                facts.map(RequestFacts::stream).orElse(null),
                facts.map(RequestFacts::hasThinking).orElse(null),
                ShortText.identifier(session.orElse(null)),
                header.isPresent() || session.isEmpty() ? null : InferredFrom.METADATA,
                ShortText.identifier(headers.first(AGENT).orElse(null)),
                ShortText.identifier(
                        headers.first("x-claude-code-parent-agent-id").orElse(null)),
                facts.map(RequestFacts::conversation).orElse(null),
                client(opened),
                ShortText.identifier(headers.first("x-claude-code-prompt-id").orElse(null)),
                ShortText.identifier(headers.first("x-claude-code-agent-type").orElse(null)),
                null);
    }

    private static Optional<RequestFacts> facts(Headers headers, Bytes body, MarkMemory marks) {
        Optional<RequestFacts> facts = RequestFacts.of(body, marks.of(headers, body));
        facts.ifPresent(
                read -> marks.remember(headers, body, read.conversation().marks()));
        return facts;
    }

    /** A number for the program that sends a request, and where that runs. */
    private static long client(Opened opened) {
        return Fingerprint.of(opened.clientAddress()
                + ' '
                + opened.headers().first("user-agent").orElse(""));
    }

    static Optional<Bytes> plain(Headers headers, Bytes body, Room room) {
        String encoding = headers.first("content-encoding").orElse("");
        if (encoding.isEmpty()) {
            return Optional.of(body);
        }
        return ContentDecoding.decode(encoding, body, MOST_DECODED_BYTES, room) instanceof Decoded.Whole(Bytes whole)
                ? Optional.of(whole)
                : Optional.empty();
    }
}
