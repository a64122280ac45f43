package dev.ccproxy.proxy;

import dev.ccproxy.config.ProviderSettings;
import dev.ccproxy.http.Headers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one provider again after a pause, as often as {@link Attempts} allows; each time is noted and logged. For one event
 * loop.
 */
final class Repetition {

    private static final Logger LOG = LoggerFactory.getLogger(Repetition.class);

    private final RunningExchange.Parts parts;
    private final Attempts attempts;

    Repetition(ProviderSettings provider, RunningExchange.Parts parts) {
        this.parts = parts;
        this.attempts = new Attempts(provider.retries(), InstantSource.system(), ThreadLocalRandom.current());
    }

    /** Nothing has reached the provider: whether {@code again} will run. */
    boolean afterNoConnection(String why, Runnable again) {
        return after(attempts.afterNoConnection(), why, again);
    }

    /** Such an answer came: whether {@code again} will run. */
    boolean afterAnswer(int status, Headers headers, Runnable again) {
        String requestId =
                headers.first("request-id").map(id -> ", request-id " + id).orElse("");
        return after(attempts.afterAnswer(status, headers), "status " + status + requestId, again);
    }

    private boolean after(Optional<Duration> pause, String why, Runnable again) {
        if (pause.isEmpty()) {
            return false;
        }
        long millis = pause.get().toMillis();
        parts.notes().add("try " + attempts.failed() + " failed (" + why + "), again after " + millis + " ms");
        LOG.info(
                "retry exchangeId={} failed={} pauseMs={} why=\"{}\"",
                parts.opened().id(),
                attempts.failed(),
                millis,
                why);
        parts.loop().owner().setTimer(Math.max(1, millis), timer -> again.run());
        return true;
    }
}
