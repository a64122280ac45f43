package dev.ccproxy.recording;

import dev.ccproxy.exchange.Kind;
import org.jspecify.annotations.Nullable;

/** What a request says about itself: its headers first, its body where they are silent. */
record Asked(
        Kind kind,
        @Nullable String model,
        @Nullable String sessionId,
        @Nullable String agentId,
        @Nullable String parentAgentId) {}
