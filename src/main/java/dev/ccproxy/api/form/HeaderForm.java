package dev.ccproxy.api.form;

import dev.ccproxy.http.Headers;
import java.util.List;

/** One header line as it stood on the wire; credentials are replaced. */
public record HeaderForm(String name, String value) {

    public static List<HeaderForm> listOf(Headers headers) {
        return headers.lines().stream()
                .map(line -> new HeaderForm(line.name(), line.value()))
                .toList();
    }
}
