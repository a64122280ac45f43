package dev.ccproxy.proxy;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.json.JsonSpans;
import java.util.List;
import java.util.Optional;

/**
 * A request whose answer may not be longer than a provider can make it.
 *
 * @param lowered whether the client asked for more
 */
record OutputLimit(Bytes body, boolean lowered) {

    /** What the formats call the limit. */
    private static final List<String> NAMES = List.of("max_tokens", "max_completion_tokens", "max_output_tokens");

    /** Lowers what is asked for to {@code most} tokens; 0 is no limit. */
    static OutputLimit of(Bytes body, long most) {
        Bytes limited = body;
        boolean lowered = false;
        for (String name : most == 0 ? List.<String>of() : NAMES) {
            Optional<JsonSpan> span = JsonSpans.find(limited, name);
            if (span.isPresent() && new JsonCursor(span.get().of(limited)).integer(0) > most) {
                limited = JsonSpans.replace(limited, span.get(), Bytes.utf8(Long.toString(most)));
                lowered = true;
            }
        }
        return new OutputLimit(limited, lowered);
    }
}
