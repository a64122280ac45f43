package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.session.SessionNews;
import org.jspecify.annotations.Nullable;

/** Works out anew what is known of exchanges, from what was recorded of them. Given them in the order in which they came. */
@FunctionalInterface
public interface Rederivation {

    /**
     * What is known of one now.
     *
     * @param request its body as it is held; null where none is
     * @param answer its answer's body without content encoding; null where none can be read
     */
    Rederived of(StoredExchange exchange, @Nullable Bytes request, @Nullable Bytes answer);

    /**
     * What is known of an exchange.
     *
     * @param group what it and its repetitions share; null where it has no body
     * @param asked what its request tells of its session
     * @param ended what its answer tells of its session
     */
    record Rederived(ExchangeSummary summary, @Nullable String group, SessionNews asked, SessionNews ended) {}
}
