package dev.ccproxy.recording;

import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import org.jspecify.annotations.Nullable;

/** Understands a request: its headers as soon as it begins, its body when that is whole. */
final class RequestReading {

    private RequestReading() {}

    static Asked read(Opened opened, @Nullable Bytes body) {
        return new Asked(
                Kind.OTHER,
                null,
                opened.headers().first("x-claude-code-session-id").orElse(null),
                opened.headers().first("x-claude-code-agent-id").orElse(null),
                opened.headers().first("x-claude-code-parent-agent-id").orElse(null));
    }
}
