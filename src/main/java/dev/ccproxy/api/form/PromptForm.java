package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.insight.PartKind;
import dev.ccproxy.insight.PromptPart;
import dev.ccproxy.storage.PromptVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version of a system prompt or of a list of tools, with its text. */
public record PromptForm(
        PromptListForm.Version version,

        @JsonPropertyDescription("Empty where no exchange is left that holds it.")
        List<Part> parts,

        @JsonPropertyDescription("Hash of the version before it of the same agent.") @Nullable
        String before,

        @JsonPropertyDescription("What it says differently from that one; absent where there is none, or it is gone.")
        @Nullable
        ChangesForm changes) {

    /** One block or tool. */
    public record Part(
            PartKind kind,
            String label,

            @JsonPropertyDescription("A guess from its length.")
            int tokens,

            @JsonPropertyDescription("The text of a block, the JSON of a tool; at most 64 KiB.")
            String text) {

        private static final int MOST_CHARS = 64 << 10;

        static Part of(PromptPart part) {
            String text = part.node().path("text").isString()
                    ? part.node().path("text").stringValue()
                    : part.node().toString();
            return new Part(
                    part.kind(),
                    part.label(),
                    part.estimatedTokens(),
                    text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS));
        }
    }

    public static PromptForm of(
            PromptVersion version,
            @Nullable String client,
            List<PromptPart> parts,
            @Nullable PromptVersion before,
            @Nullable ChangesForm changes) {
        return new PromptForm(
                PromptListForm.Version.of(version, client),
                parts.stream().map(Part::of).toList(),
                before == null ? null : PromptListForm.hashOf(before),
                changes);
    }
}
