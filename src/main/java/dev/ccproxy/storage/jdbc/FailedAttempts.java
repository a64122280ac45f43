package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.FailedAttempt;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those that were asked in vain, as JSON: few exchanges have any, and nobody looks for one. */
final class FailedAttempts {

    private static final Json JSON = new Json();

    private FailedAttempts() {}

    /** Null where there are none. */
    static @Nullable String text(List<FailedAttempt> failed) {
        return failed.isEmpty() ? null : JSON.text(failed);
    }

    static List<FailedAttempt> read(@Nullable String text) {
        return text == null
                ? List.of()
                : JSON.read(Bytes.utf8(text), FailedAttempt[].class)
                        .map(List::of)
                        .orElse(List.of());
    }
}
