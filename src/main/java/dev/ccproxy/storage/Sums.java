package dev.ccproxy.storage;

/**
 * What exchanges together used and cost. Money is in billionths of a dollar; what is exact, what is estimated and what has
 * no price is never mixed.
 *
 * @param failed of these, how many ended with another outcome than completed
 * @param input tokens neither read from nor written to the cache
 * @param exactNano by listed rates
 * @param estimatedNano by the nearest rates, or of answers that were cut off
 * @param unpriced exchanges that used tokens of no known price
 * @param breaks cache breaks
 * @param lostNano what these cost more than reading
 * @param savedNano what reading from the cache cost less than plain input
 * @param wastedNano what was paid in vain: lost to cache breaks, or as a whole
 */
public record Sums(
        long exchanges,
        long failed,
        long input,
        long read,
        long write,
        long out,
        long exactNano,
        long estimatedNano,
        long unpriced,
        long breaks,
        long lostNano,
        long savedNano,
        long wastedNano) {

    public static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Sums plus(Sums other) {
        return new Sums(
                exchanges + other.exchanges,
                failed + other.failed,
                input + other.input,
                read + other.read,
                write + other.write,
                out + other.out,
                exactNano + other.exactNano,
                estimatedNano + other.estimatedNano,
                unpriced + other.unpriced,
                breaks + other.breaks,
                lostNano + other.lostNano,
                savedNano + other.savedNano,
                wastedNano + other.wastedNano);
    }
}
