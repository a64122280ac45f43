package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.query.Query;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionMemory;
import dev.ccproxy.session.SessionNews;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a store: blocking, safe for all threads. Throws {@link StoreException} when the database cannot
 * answer or a record is corrupt.
 */
public interface ExchangeReader {

    /**
     * One page, newest first by (startedAt, id); reads no bodies.
     *
     * @throws IllegalArgumentException for a cursor that no page gave out
     */
    ExchangePage list(ExchangeQuery query);

    /**
     * One page of what the query means, newest first by (startedAt, id); reads no bodies. Takes bounded time: a page that
     * is not full may have a next one all the same, which goes on where this one stopped looking.
     *
     * @throws IllegalArgumentException for a cursor that no page gave out
     */
    ExchangePage list(Query query, int limit, @Nullable String cursor);

    Optional<StoredExchange> find(ExchangeId id);

    /**
     * The exchange before this one in its thread (session and agent) that reported usage, but for those that are not part of
     * its conversation (titles, token counts, classifiers); empty for the first, and for exchanges without a session.
     */
    Optional<ExchangeId> before(ExchangeId id);

    /**
     * The last exchange of an agent's conversation that reported usage, as {@link #before} would find it.
     *
     * @param agent null for the main one
     */
    Optional<ExchangeSummary> lastAnswered(String session, @Nullable String agent);

    /** What is known of a session, enough to go on following it; {@link SessionMemory#NONE} where it is new. */
    SessionMemory remembered(String session);

    /**
     * The session whose latest request had that history ({@link SessionNews#history}); the first of these that is known.
     *
     * @param histories for all messages of a request, for all but its last one, and so on
     * @param messages how many messages the first of them stands for
     */
    Optional<Histories.Origin> sentBefore(List<Long> histories, int messages);

    /** The exact request bytes; empty when the exchange is unknown or holds none. */
    Optional<StoredBody> requestBody(ExchangeId id);

    /** The answer's bytes, decoded where {@link BodyFacts.State#DECODED}; empty when unknown or none are held. */
    Optional<StoredBody> responseBody(ExchangeId id);

    /**
     * Where a rule sent the exchange, with the legs behind the proxy but without their bodies; empty where it went where the
     * client sent it.
     */
    Optional<UpstreamLegs> rerouting(ExchangeId id);

    /** Ids of the sessions that rules sent elsewhere lately, the latest first; looks at no more than so many exchanges. */
    List<String> reroutedSessions(int most);

    /** The bytes that went to another provider; empty when there are none, or none are held. */
    Optional<StoredBody> upstreamRequestBody(ExchangeId id);

    /** The bytes of its answer before they were translated; empty when there are none, or none are held. */
    Optional<StoredBody> upstreamResponseBody(ExchangeId id);

    ArrivalTimes arrivals(ExchangeId id);

    /** None where the exchange is unknown. */
    Marks marks(ExchangeId id);

    /** How many exchanges are stored (for that model), from a maintained counter or an index; never a scan of bodies. */
    long count(ExchangeFilter filter);
}
