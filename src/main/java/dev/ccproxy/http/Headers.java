package dev.ccproxy.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Header lines in wire order with their wire case; names compare without regard to case. Immutable. */
public record Headers(List<Header> lines) implements Iterable<Header> {

    public static final Headers EMPTY = new Headers(List.of());

    private static final int LINE_BYTES = 128;

    public Headers {
        lines = List.copyOf(lines);
    }

    /** For literals: {@code Headers.of("Accept", "application/json", "x-app", "cli")}. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value");
        }
        List<Header> lines = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(lines);
    }

    /** The value of the first line of that name. */
    public Optional<String> first(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Header::value).findFirst();
    }

    /** The values of all lines of that name, in wire order. */
    public List<String> all(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Header::value).toList();
    }

    public boolean contains(String name) {
        return lines.stream().anyMatch(line -> line.is(name));
    }

    /** Heap bytes, about: each line is a record of two strings. */
    public long heapBytes() {
        long bytes = 0;
        for (Header line : lines) {
            bytes += LINE_BYTES + line.name().length() + line.value().length();
        }
        return bytes;
    }

    @Override
    public Iterator<Header> iterator() {
        return lines.iterator();
    }
}
