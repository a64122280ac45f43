package dev.ccproxy.storage.jdbc;

/** One of the four messages of an exchange; the two in the middle are stored only where they differ from their outer one. */
enum Leg {
    CLIENT_REQUEST(1),
    UPSTREAM_REQUEST(2),
    UPSTREAM_RESPONSE(3),
    CLIENT_RESPONSE(4);

    /** Legs of one exchange have neighbouring keys: eight places, of which 1 to 4 are legs. */
    private static final int PLACES = 8;

    private final int number;

    Leg(int number) {
        this.number = number;
    }

    /** The key of this leg's row. */
    long key(long exchangeRow) {
        return exchangeRow * PLACES + number;
    }

    /** SQL that makes the key from the exchange's row id. */
    String keyOf(String exchangeRow) {
        return exchangeRow + " * " + PLACES + " + " + number;
    }

    /** SQL that makes the exchange's row id from a key of any leg. */
    static String exchangeOf(String key) {
        return key + " / " + PLACES;
    }

    /** A condition: the key is that of this leg. */
    String isKey(String key) {
        return key + " % " + PLACES + " = " + number;
    }
}
