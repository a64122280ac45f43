package dev.ccproxy.auth;

import dev.ccproxy.config.Settings;
import dev.ccproxy.http.Access;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.util.Optional;

/** Stands before the dashboard, the API and the metrics. Safe for all threads. */
public final class DashboardGate {

    /** What becomes of a call. */
    public sealed interface Entry {

        /** It is answered. */
        record Allowed() implements Entry {}

        /**
         * It needs credentials, or better ones.
         *
         * @param delay how long the answer has to be held back
         */
        record Challenged(Duration delay) implements Entry {}

        /** Its credentials are right but not enough for this. */
        record RoleTooSmall() implements Entry {}

        /** Nobody could be let in: neither a password nor a token for looking is set, and the door is to the street. */
        record NobodyConfigured() implements Entry {}

        /** Too many wrong credentials came from that address; this call was not looked at. */
        record Banished(Duration retryAfter) implements Entry {}
    }

    private static final Entry ALLOWED = new Entry.Allowed();

    private final Callers callers;
    private final KnownSecrets secrets;
    private final boolean reachableFromHereOnly;
    private final WrongTries tries;

    public DashboardGate(Settings settings, WrongTries tries) {
        this.callers = new Callers(settings.server());
        this.secrets = new KnownSecrets(settings.auth(), settings.dashboard().password());
        this.reachableFromHereOnly =
                settings.server().loopbackOnly() && !settings.server().trustProxy();
        this.tries = tries;
    }

    /** Decides about a call that arrived from this peer, an address without port. */
    public Entry enter(Access access, String peer, Headers headers) {
        if (access == Access.OPEN) {
            return ALLOWED;
        }
        Caller caller = callers.of(peer, headers);
        if (!secrets.hasViewers()) {
            return reachableFromHereOnly && caller.local() ? ALLOWED : new Entry.NobodyConfigured();
        }
        Duration banished = tries.banished(caller.address());
        return banished.isPositive() ? new Entry.Banished(banished) : withCredentials(access, caller, headers);
    }

    private Entry withCredentials(Access access, Caller caller, Headers headers) {
        Optional<Identity> holder = Optional.empty();
        boolean tried = false;
        for (Header line : headers) {
            if (secrets.isCredential(line)) {
                tried = true;
                Optional<Identity> found = secrets.ofTokenOrPassword(line);
                if (found.isPresent() && (holder.isEmpty() || found.get().may(access))) {
                    holder = found;
                }
            }
        }
        if (holder.isEmpty()) {
            return new Entry.Challenged(tried ? tries.wrong(caller.address()) : Duration.ZERO);
        }
        return holder.get().may(access) ? ALLOWED : new Entry.RoleTooSmall();
    }
}
