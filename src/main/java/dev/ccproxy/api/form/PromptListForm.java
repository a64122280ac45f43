package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.PromptVersion;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
            String exchange,

            @JsonPropertyDescription("The program that sent it first, such as claude-cli/2.1.330; absent where that"
                    + " exchange is gone, or did not say.")
            @Nullable
            String client) {

        static Version of(PromptVersion version, @Nullable String client) {
            return new Version(
                    PromptListForm.hashOf(version),
                    version.part(),
                    version.agent(),
                    version.first().toEpochMilli(),
                    version.last().toEpochMilli(),
                    version.firstExchange().toString(),
                    client);
        }
    }

    static String hashOf(PromptVersion version) {
        return version.part().word() + "-" + HexFormat.of().toHexDigits(version.print());
    }

    /** A page; one more than {@code limit} tells that there are more. */
    public static PromptListForm of(
            List<PromptVersion> versions, int limit, Function<PromptVersion, Optional<String>> client) {
        return new PromptListForm(
                versions.stream()
                        .limit(limit)
                        .map(version ->
                                Version.of(version, client.apply(version).orElse(null)))
                        .toList(),
                versions.size() > limit);
    }
}
