package dev.ccproxy.proxy;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.config.ServerSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The time limits of one exchange that are looked at once a second; the one on the response head has a timer of its own.
 * For one event loop.
 */
final class TimeLimits {

    /** Who did not do in time what it should have done. */
    enum Side {
        CLIENT_SENDING,
        CLIENT_TAKING,
        UPSTREAM
    }

    /** A limit that ran out. */
    record Exceeded(Side side, String what) {}

    private final ServerSettings server;
    private final long beganNanos;

    TimeLimits(ServerSettings server, long beganNanos) {
        this.server = server;
        this.beganNanos = beganNanos;
    }

    /**
     * The first limit that has run out.
     *
     * @param provider who is asked now
     * @param silentNanos how long the upstream has owed a byte of its answer
     */
    Optional<Exceeded> check(long nowNanos, ProviderSettings provider, Upload upload, Relay relay, long silentNanos) {
        long heldNanos = upload.heldNanos(nowNanos);
        long stuckNanos = relay.stuckNanos(nowNanos);
        if (exceeds(upload.silentNanos(nowNanos), server.readTimeout())) {
            return exceeded(Side.CLIENT_SENDING, "sent no byte of its request for ", server.readTimeout());
        }
        if (exceeds(stuckNanos, server.writeTimeout())) {
            return exceeded(Side.CLIENT_TAKING, "accepted no byte of the answer for ", server.writeTimeout());
        }
        if (!relay.started() && exceeds(heldNanos, provider.responseHeaderTimeout())) {
            return exceeded(Side.UPSTREAM, "took no byte of the request for ", provider.responseHeaderTimeout());
        }
        if (exceeds(silentNanos, provider.streamSilenceTimeout())) {
            return exceeded(Side.UPSTREAM, "sent no byte of its answer for ", provider.streamSilenceTimeout());
        }
        if (exceeds(nowNanos - beganNanos, provider.totalTimeout())) {
            return exceeded(Side.UPSTREAM, "did not end the exchange within ", provider.totalTimeout());
        }
        return Optional.empty();
    }

    static String words(Duration limit) {
        return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    private static boolean exceeds(long nanos, Duration limit) {
        return !limit.isZero() && nanos > limit.toNanos();
    }

    private static Optional<Exceeded> exceeded(Side side, String what, Duration limit) {
        return Optional.of(new Exceeded(side, what + words(limit)));
    }
}
