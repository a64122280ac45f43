package dev.ccproxy.auth;

import dev.ccproxy.config.AuthSettings;
import dev.ccproxy.config.Settings;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands before {@code /v1}: lets through who needs no token or brings one, without it. Safe for all threads. */
public final class ProxyGate {

    /** What becomes of a request. */
    public sealed interface Admission {

        /**
         * It is forwarded.
         *
         * @param headers the client's without the lines that held a token of ours
         */
        record Admitted(Caller caller, Identity identity, Headers headers) implements Admission {}

        /**
         * No token of ours is right for it.
         *
         * @param headers the client's without the lines that held a token of ours
         * @param known whether a token was ours, but for looking only
         * @param delay how long the answer has to be held back
         */
        record Refused(Caller caller, Headers headers, boolean known, Duration delay) implements Admission {}

        /** Too many wrong tokens came from that address; this request was not looked at. */
        record Banished(Duration retryAfter) implements Admission {}
    }

    private static final Identity ANYBODY = new Identity.Anybody();

    private final AuthSettings settings;
    private final Callers callers;
    private final KnownSecrets secrets;
    private final WrongTries tries;

    public ProxyGate(Settings settings, WrongTries tries) {
        this.settings = settings.auth();
        this.callers = new Callers(settings.server());
        this.secrets = new KnownSecrets(settings.auth(), Optional.empty());
        this.tries = tries;
    }

    /** Decides about a request that arrived from this peer, an address without port. */
    public Admission admit(String peer, Headers headers) {
        Caller caller = callers.of(peer, headers);
        if (!secrets.hasTokens()) {
            return new Admission.Admitted(caller, ANYBODY, headers);
        }
        boolean needsToken = settings.enabled() && !(settings.localhostBypass() && caller.local());
        Duration banished = needsToken ? tries.banished(caller.address()) : Duration.ZERO;
        return banished.isPositive() ? new Admission.Banished(banished) : withToken(caller, headers, needsToken);
    }

    private Admission withToken(Caller caller, Headers headers, boolean needsToken) {
        Optional<Identity> holder = Optional.empty();
        List<Header> rest = new ArrayList<>(headers.lines().size());
        for (Header line : headers) {
            Optional<Identity> found = secrets.ofToken(line);
            if (found.isEmpty()) {
                rest.add(line);
            } else if (holder.isEmpty() || found.get().mayForward()) {
                holder = found;
            }
        }
        Headers forwarded = holder.isEmpty() ? headers : new Headers(rest);
        if (holder.filter(Identity::mayForward).isPresent() || !needsToken) {
            return new Admission.Admitted(caller, holder.orElse(ANYBODY), forwarded);
        }
        boolean known = holder.isPresent();
        Duration wait = known ? Duration.ZERO : tries.wrong(caller.address());
        return new Admission.Refused(caller, forwarded, known, wait);
    }
}
