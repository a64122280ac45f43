package dev.ccproxy.storage;

import dev.ccproxy.exchange.ExchangeId;
import java.util.List;
import java.util.Optional;

/** Which programs sent exchanges. Blocking, safe for all threads; throws {@link StoreException}. */
public interface ClientReader {

    /** Programs with exchanges that ended, the one seen last first; at most {@code most}. */
    List<ClientSeen> clients(int most);

    /** The last exchange of a main agent that this program sent. */
    Optional<ExchangeId> lastMain(String agent);
}
