package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.PromptVersion;
import java.util.HexFormat;
import java.util.List;

/** Versions of system prompts and tools, those that were sent last first. */
public record PromptListForm(List<Version> items, boolean more) {

    /** A version of a system prompt or of a list of tools. */
    public record Version(
            @JsonPropertyDescription("What it is asked for by, such as system-0123456789abcdef.")
            String hash,

            PromptVersion.Part part,

            @JsonPropertyDescription("Whose it is: a kind such as main, or the name of a subagent.")
            String agent,

            @JsonPropertyDescription("When it was sent first.")
            long first,

            @JsonPropertyDescription("When it was sent last.")
            long last,

            @JsonPropertyDescription("Id of the exchange that sent it first.")
            String exchange) {

        static Version of(PromptVersion version) {
            return new Version(
                    PromptListForm.hashOf(version),
                    version.part(),
                    version.agent(),
                    version.first().toEpochMilli(),
                    version.last().toEpochMilli(),
                    version.firstExchange().toString());
        }
    }

    static String hashOf(PromptVersion version) {
        return version.part().word() + "-" + HexFormat.of().toHexDigits(version.print());
    }

    /** A page; one more than {@code limit} tells that there are more. */
    public static PromptListForm of(List<PromptVersion> versions, int limit) {
        return new PromptListForm(
                versions.stream().limit(limit).map(Version::of).toList(), versions.size() > limit);
    }
}
