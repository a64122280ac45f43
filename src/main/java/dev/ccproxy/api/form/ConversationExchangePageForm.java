package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.storage.RecordedIds;
import dev.ccproxy.transcript.ExchangeJoin;
import dev.ccproxy.transcript.TranscriptAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a session stands in Claude Code's own files, what was recorded on the wire, and what in both. */
public record ConversationExchangePageForm(
        CountsForm counts,

        @JsonPropertyDescription("By time.") List<ItemForm> items,

        @JsonPropertyDescription("Cursor of the next page.") @Nullable
        String next,

        boolean more) {

    /** How many there are of each, on all pages. */
    public record CountsForm(
            int both,
            int wire,
            int files,

            @JsonPropertyDescription("Of those only on the wire: which the files should have.")
            int unexplained) {}

    /** Where something stands. */
    public enum Place {
        BOTH,
        WIRE,
        FILES
    }

    /** An answer in the files, an exchange on the wire, or both. */
    public record ItemForm(
            Place in,

            @JsonPropertyDescription("Milliseconds since 1970.") @Nullable
            Long at,

            @JsonPropertyDescription("Id of the exchange; absent where it is only in the files.") @Nullable
            String exchange,

            @Nullable Kind kind,
            @Nullable Outcome outcome,

            @JsonPropertyDescription("Session of the exchange, where that is another one: the answer was taken along.")
            @Nullable
            String otherSession,

            @JsonPropertyDescription("Id of the subagent; absent for the main agent.") @Nullable
            String agentId,

            @Nullable String requestId,
            @Nullable String messageId,

            @JsonPropertyDescription("Cursor of its first record in the file of its agent.") @Nullable
            String record,

            @JsonPropertyDescription("What both were joined by.")
            ExchangeJoin.@Nullable By by,

            @JsonPropertyDescription("Why the files say nothing of it.")
            ExchangeJoin.@Nullable Why why) {}

    /**
     * One page.
     *
     * @param only null for all places
     */
    public static ConversationExchangePageForm of(
            ExchangeJoin join, String session, @Nullable Place only, int from, int limit) {
        List<ItemForm> all = new ArrayList<>();
        join.both().forEach(pair -> all.add(both(pair, session)));
        join.onlyOnWire().forEach(lone -> all.add(wire(lone)));
        join.onlyInFiles().forEach(answer -> all.add(files(answer)));
        List<ItemForm> wanted = all.stream()
                .filter(item -> only == null || item.in() == only)
                .sorted(Comparator.comparingLong(item -> item.at() == null ? 0 : item.at()))
                .toList();
        int begin = Math.min(from, wanted.size());
        int end = Math.min(begin + limit, wanted.size());
        boolean more = end < wanted.size();
        return new ConversationExchangePageForm(
                counts(join), wanted.subList(begin, end), more ? Integer.toString(end) : null, more);
    }

    private static CountsForm counts(ExchangeJoin join) {
        return new CountsForm(
                join.both().size(), join.onlyOnWire().size(), join.onlyInFiles().size(), (int)
                        join.onlyOnWire().stream()
                                .filter(lone -> lone.why() == ExchangeJoin.Why.UNEXPLAINED)
                                .count());
    }

    private static ItemForm both(ExchangeJoin.Pair pair, String session) {
        RecordedIds exchange = pair.exchange();
        TranscriptAnswer answer = pair.answer();
        return new ItemForm(
                Place.BOTH,
                exchange.at().toEpochMilli(),
                exchange.id().toString(),
                exchange.kind(),
                exchange.outcome(),
                session.equals(exchange.sessionId()) ? null : exchange.sessionId(),
                answer.agent(),
                exchange.requestId(),
                answer.messageId(),
                Long.toString(answer.offset()),
                pair.by(),
                null);
    }

    private static ItemForm wire(ExchangeJoin.Lone lone) {
        RecordedIds exchange = lone.exchange();
        return new ItemForm(
                Place.WIRE,
                exchange.at().toEpochMilli(),
                exchange.id().toString(),
                exchange.kind(),
                exchange.outcome(),
                null,
                exchange.agentId(),
                exchange.requestId(),
                exchange.messageId(),
                null,
                null,
                lone.why());
    }

    private static ItemForm files(TranscriptAnswer answer) {
        return new ItemForm(
                Place.FILES,
                answer.at() == null ? null : answer.at().toEpochMilli(),
                null,
                null,
                null,
                null,
                answer.agent(),
                answer.requestId(),
                answer.messageId(),
                Long.toString(answer.offset()),
                null,
                null);
    }
}
