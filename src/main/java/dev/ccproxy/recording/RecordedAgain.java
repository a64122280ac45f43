package dev.ccproxy.recording;

import dev.ccproxy.anthropic.TokenUsage;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Room;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.Rederivation;
import dev.ccproxy.storage.StoredExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands exchanges that are recorded as if they passed now. For one thread. */
public final class RecordedAgain implements Rederivation {

    private final Derivation derivation;

    public RecordedAgain(Derivation derivation) {
        this.derivation = derivation;
    }

    @Override
    public Rederived of(StoredExchange exchange, @Nullable Bytes request, @Nullable Bytes answer) {
        ExchangeSummary known = exchange.summary();
        Asked asked = asked(exchange, request);
        Answered answered = answered(exchange, answer);
        ExchangeSummary plain = Summaries.again(known, asked, answered);
        BodyFacts body = exchange.requestBody();
        Bytes sha256 = body == null || body.wireLength() == 0 ? null : body.sha256();
        String group = sha256 == null ? null : AttemptGroup.of(plain.sessionId(), plain.agentId(), sha256);
        Derivation.AskedFindings begun = derivation.asked(plain, asked, group);
        ExchangeSummary placed = plain.with(begun.findings());
        Derivation.EndedFindings ended = derivation.ended(placed, asked, group, answered);
        return new Rederived(placed.with(ended.findings()), begun.group(), begun.news(), ended.news());
    }

    /** What is no longer held is as it was understood then. */
    private Asked asked(StoredExchange exchange, @Nullable Bytes request) {
        ExchangeSummary known = exchange.summary();
        Headers headers = exchange.requestHeaders();
        Opened opened = new Opened(
                known.id(),
                known.at(),
                0,
                known.method(),
                exchange.target(),
                exchange.clientAddress(),
                exchange.tokenName(),
                headers,
                "");
        Asked said = derivation.read(opened, request, Room.NONE);
        return new Asked(
                request == null ? known.kind() : said.kind(),
                said.model() == null ? known.requestedModel() : said.model(),
                said.stream(),
                said.thinking(),
                known.sessionId(),
                known.findings().labels().inferredFrom(),
                known.agentId(),
                known.parentAgentId(),
                said.conversation(),
                said.client(),
                said.promptId(),
                said.agentType(),
                said.definition());
    }

    private static Answered answered(StoredExchange exchange, @Nullable Bytes answer) {
        Headers headers = exchange.responseHeaders();
        if (answer != null && headers != null) {
            return Answered.read(answer, headers.first("content-type").orElse(""));
        }
        ExchangeSummary known = exchange.summary();
        return new Answered(
                known.model(),
                known.stopReason(),
                exchange.messageId(),
                known.tool(),
                known.toolCount(),
                known.preview(),
                tokens(known.usage()),
                known.outcome() == Outcome.COMPLETED,
                List.of(),
                null,
                null,
                -1);
    }

    private static @Nullable TokenUsage tokens(@Nullable Usage usage) {
        return usage == null
                ? null
                : new TokenUsage(
                        usage.input(),
                        usage.output(),
                        usage.cacheRead(),
                        usage.cacheWrite5m(),
                        usage.cacheWrite1h(),
                        0,
                        TokenUsage.Terms.UNSAID);
    }
}
