package dev.ccproxy.api;

import dev.ccproxy.api.form.NowForm;
import dev.ccproxy.api.form.SessionRowForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.feed.FeedEvent;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SessionReader;
import dev.ccproxy.storage.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What viewers of the live feed are told besides exchanges: {@code session} for each session in which something happened,
 * as the list has it, and {@code now}. It is read from the store once a second at most, however much happens. These events
 * have no id: they tell how things stand, so that there is nothing to resume.
 */
final class LiveSums {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSums.class);
    private static final Duration REST = Duration.ofSeconds(1);

    /** Of one second; who must know all reads the list. */
    private static final int MOST_SESSIONS = 32;

    private final SessionReader reader;
    private final Supplier<NowForm> now;

    LiveSums(SessionReader reader, Supplier<NowForm> now) {
        this.reader = reader;
        this.now = now;
    }

    /** What one viewer has not been told yet. For one thread. */
    final class Owed {

        private final Set<String> sessions = new LinkedHashSet<>();
        private boolean owed;
        private long notBefore = System.nanoTime();

        void add(List<FeedEvent> events) {
            owed = true;
            for (FeedEvent event : events) {
                if (event.session() != null && sessions.size() < MOST_SESSIONS) {
                    sessions.add(event.session());
                }
            }
        }

        /** The events that are due; empty where none are, or the store does not answer. */
        Bytes due() {
            if (!owed || System.nanoTime() - notBefore < 0) {
                return Bytes.EMPTY;
            }
            notBefore = System.nanoTime() + REST.toNanos();
            try {
                Bytes events = events(sessions);
                owed = false;
                sessions.clear();
                return events;
            } catch (StoreException silent) {
                LOG.debug("the live feed goes on without sums: {}", silent.toString());
                return Bytes.EMPTY;
            }
        }
    }

    private Bytes events(Set<String> sessions) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        for (String session : sessions) {
            reader.row(session).ifPresent(row -> write(events, "session", JsonForm.bytes(SessionRowForm.of(row))));
        }
        write(events, "now", JsonForm.bytes(now.get()));
        return Bytes.wrap(events.toByteArray());
    }

    private static void write(ByteArrayOutputStream events, String name, Bytes json) {
        events.writeBytes(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        events.write(json.array(), json.arrayOffset(), json.length());
        events.writeBytes(new byte[] {'\n', '\n'});
    }
}
