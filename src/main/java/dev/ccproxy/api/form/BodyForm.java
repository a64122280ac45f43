package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.BodyFacts;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What is known about a recorded body without reading it. */
public record BodyForm(
        @JsonPropertyDescription("In which form it is kept.")
        BodyFacts.State state,

        @JsonPropertyDescription("Bytes that href gives.") long bytes,
        @JsonPropertyDescription("Bytes on the wire.") long wireBytes,

        @JsonPropertyDescription("Content-Encoding on the wire.") @Nullable
        String encoding,

        @JsonPropertyDescription("SHA-256 of the bytes on the wire, in hex.") @Nullable
        String sha256,

        @JsonPropertyDescription("Where to read it; absent where it is not kept.") @Nullable
        String href) {

    public static BodyForm of(BodyFacts facts, String href) {
        boolean dropped = facts.state() == BodyFacts.State.DROPPED;
        return new BodyForm(
                facts.state(),
                facts.storedLength(),
                facts.wireLength(),
                facts.encoding(),
                sha256(facts),
                dropped ? null : href);
    }

    /** In hex; null where it was not taken. */
    public static @Nullable String sha256(BodyFacts facts) {
        return facts.sha256() == null
                ? null
                : HexFormat.of().formatHex(facts.sha256().toByteArray());
    }
}
