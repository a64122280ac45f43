package dev.ccproxy.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, such as {@code 10.0.0.0/8}; a single address is a range of one.
 *
 * @param prefixBits how many leading bits of {@code address} count
 */
public record Network(InetAddress address, int prefixBits) {

    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash == -1) {
            return Addresses.literal(text).map(address -> new Network(address, bits(address)));
        }
        return Addresses.literal(text.substring(0, slash))
                .flatMap(address -> Numbers.whole(text.substring(slash + 1), 0, bits(address))
                        .map(prefix -> new Network(address, prefix)));
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    /** Whether this address lies in the range; one of the other family never does. */
    public boolean contains(InetAddress other) {
        byte[] left = other.getAddress();
        byte[] right = address.getAddress();
        if (left.length != right.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((left[bit / 8] ^ right[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
