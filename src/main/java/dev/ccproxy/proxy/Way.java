package dev.ccproxy.proxy;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.upstream.UpstreamFailure;

/** How a request gets to an upstream and its answer back. On the exchange's event loop. */
sealed interface Way permits DirectWay, Detour {

    /** Who is asked now. */
    ProviderSettings provider();

    /** Whether somebody else is asked instead of the one that failed, nothing being with the client yet. */
    boolean goesOnAfter(UpstreamFailure failure);

    /** How long the upstream has owed a byte of its answer; zero while nothing is expected of it. */
    long silentNanos(long nowNanos);

    /** The exchange is over. */
    void end();
}
