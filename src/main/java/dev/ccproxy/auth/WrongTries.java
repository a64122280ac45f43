package dev.ccproxy.auth;

import dev.ccproxy.recent.RecentMap;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down whoever tries wrong tokens or passwords. The first few answers of an address come at once, each later one
 * waits longer, up to a second, in one queue for each address: asking in parallel gains nothing. When the queue is long,
 * the address has to come back later, and nothing that it sends is looked at. Right credentials never wait otherwise.
 *
 * <p>Remembers the latest 4096 addresses (of IPv6, networks of 64 bits), each for ten minutes: about one MB. Safe for all
 * threads.
 */
public final class WrongTries {

    private static final Logger LOG = LoggerFactory.getLogger(WrongTries.class);

    private static final int MOST_ADDRESSES = 4096;
    private static final int FREE_TRIES = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private static final class Tries {
        private int count;
        private long lastNanos;
        private long queueEndNanos;
    }

    private final LongSupplier nanoTime;
    private final Map<String, Tries> addresses = new RecentMap<>(MOST_ADDRESSES);

    /**
     * Nobody has tried anything yet.
     *
     * @param nanoTime such as {@link System#nanoTime}
     */
    public WrongTries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long an address must stay away before anything it sends is looked at; mostly zero. */
    synchronized Duration banished(String address) {
        Tries tries = addresses.isEmpty() ? null : addresses.get(group(address));
        if (tries == null) {
            return Duration.ZERO;
        }
        Duration queue = Duration.ofNanos(tries.queueEndNanos - nanoTime.getAsLong());
        return queue.compareTo(LONGEST_QUEUE) > 0 ? queue : Duration.ZERO;
    }

    /** Notes a wrong try; its answer has to wait so long. */
    Duration wrong(String address) {
        int count;
        Duration wait;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Tries tries = addresses.computeIfAbsent(group(address), group -> new Tries());
            boolean idle = tries.count == 0 || now - tries.queueEndNanos > 0;
            if (tries.count > 0 && now - tries.lastNanos > FORGOTTEN_AFTER.toNanos()) {
                tries.count = 0;
            }
            tries.lastNanos = now;
            tries.queueEndNanos =
                    (idle ? now : tries.queueEndNanos) + step(tries.count).toNanos();
            count = ++tries.count;
            wait = Duration.ofNanos(tries.queueEndNanos - now);
        }
        LOG.warn("access=refused clientAddress={} tries={} answerAfterMs={}", address, count, wait.toMillis());
        return wait;
    }

    private static Duration step(int before) {
        if (before < FREE_TRIES) {
            return Duration.ZERO;
        }
        int doublings = Math.min(before - FREE_TRIES, 10);
        Duration step = FIRST_WAIT.multipliedBy(1L << doublings);
        return step.compareTo(LONGEST_WAIT) < 0 ? step : LONGEST_WAIT;
    }

    /** Who has one IPv6 address has 2^64 of them. */
    private static String group(String address) {
        return Callers.address(address)
                .filter(Inet6Address.class::isInstance)
                .map(InetAddress::getAddress)
                .map(bytes -> HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)))
                .orElse(address);
    }
}
