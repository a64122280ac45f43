package dev.ccproxy.proxy;

import java.util.ArrayList;
import java.util.List;

/** What was done to an exchange that its bytes do not show: its record says so at its end. For one event loop. */
final class Notes {

    private final List<String> notes = new ArrayList<>(0);

    void add(String note) {
        notes.add(note);
    }

    /** The notes and how it ended. */
    String with(String detail) {
        if (notes.isEmpty()) {
            return detail;
        }
        String all = String.join("; ", notes);
        return detail.isEmpty() ? all : all + "; " + detail;
    }
}
