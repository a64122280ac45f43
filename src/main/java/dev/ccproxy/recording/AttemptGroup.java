package dev.ccproxy.recording;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tells a retry from a new request: the client's own retry counter is always 0. */
final class AttemptGroup {

    private static final int BYTES = 8;

    private AttemptGroup() {}

    /** 16 hex digits shared by the requests of one session, agent and body. */
    static String of(@Nullable String sessionId, @Nullable String agentId, Bytes bodySha256) {
        MessageDigest digest = Sha256.digest();
        digest.update(Objects.requireNonNullElse(sessionId, "").getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(Objects.requireNonNullElse(agentId, "").getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(bodySha256.asByteBuffer());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
