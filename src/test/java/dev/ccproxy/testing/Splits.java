package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Cuts bytes into chunks, as a network may. */
public final class Splits {

    private Splits() {}

    /** Chunks of that size, each an array of its own. */
    public static List<Bytes> every(Bytes whole, int size) {
        List<Bytes> chunks = new ArrayList<>();
        for (int at = 0; at < whole.length(); at += size) {
            chunks.add(copy(whole, at, Math.min(whole.length(), at + size)));
        }
        return chunks;
    }

    /** Chunks of random sizes up to {@code largest}, empty ones among them. */
    public static List<Bytes> random(Bytes whole, int largest, Random random) {
        List<Bytes> chunks = new ArrayList<>();
        int at = 0;
        while (at < whole.length()) {
            int next = Math.min(whole.length(), at + random.nextInt(largest + 1));
            chunks.add(copy(whole, at, next));
            at = next;
        }
        return chunks;
    }

    /** Every split that a reader should not notice: whole, byte by byte, small pieces, random pieces. */
    public static void forEach(Bytes whole, Random random, Consumer<List<Bytes>> reader) {
        reader.accept(List.of(whole));
        reader.accept(every(whole, 1));
        reader.accept(every(whole, 7));
        reader.accept(random(whole, 40, random));
        reader.accept(random(whole, 4000, random));
    }

    private static Bytes copy(Bytes whole, int from, int to) {
        return Bytes.wrap(whole.slice(from, to).toByteArray());
    }
}
