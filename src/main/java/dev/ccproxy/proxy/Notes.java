package dev.ccproxy.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was done to an exchange that its bytes do not show: its record says so at its end. For one event loop. */
final class Notes {

    private final List<String> notes = new ArrayList<>(0);

    void add(String note) {
        notes.add(note);
    }

    /** How it ended, which people ask first, and the notes. */
    String with(String detail) {
        return Stream.concat(Stream.of(detail), notes.stream())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
