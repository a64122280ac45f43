package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.insight.ClientDifferences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs that sent exchanges, and what a proxy changes for them. */
public record ClientsForm(
        @JsonPropertyDescription("The one seen last first.") List<ClientForm> items) {

    /** One program. */
    public record ClientForm(
            @JsonPropertyDescription("Its User-Agent.") String agent,

            @JsonPropertyDescription("Such as claude-cli; absent where the agent names no version.") @Nullable
            String name,

            @Nullable String version,

            @JsonPropertyDescription("Hour of its first exchange, in milliseconds since 1970.")
            long first,

            @JsonPropertyDescription("Hour of its last exchange, in milliseconds since 1970.")
            long last,

            long exchanges,

            @JsonPropertyDescription(
                    "What it leaves out because its base URL is a proxy; absent where nothing is known.")
            @Nullable
            DifferencesForm differences) {}

    /** What a release leaves out. */
    public record DifferencesForm(
            @JsonPropertyDescription("The release of which this is known.")
            String version,

            @JsonPropertyDescription("Whether that is the release that was seen; else the nearest one.")
            boolean exact,

            @JsonPropertyDescription("On which day it was read.")
            String read,

            String how,
            List<DifferenceForm> items) {

        public static DifferencesForm of(ClientDifferences known, String version) {
            return new DifferencesForm(
                    known.version(),
                    known.version().equals(version),
                    known.read(),
                    known.how(),
                    known.differences().stream().map(DifferenceForm::of).toList());
        }
    }

    /** Something that a direct connection has. */
    public record DifferenceForm(
            ClientDifferences.Kind kind,
            String name,

            @JsonPropertyDescription("Of which requests: always, subagents, after tools, compaction, after compaction.")
            String when,

            @JsonPropertyDescription("What it is.") String what,

            @JsonPropertyDescription("What it costs not to have it.")
            String cost,

            @JsonPropertyDescription("The variable of the client's environment that brings it back.")
            String back) {

        static DifferenceForm of(ClientDifferences.Difference difference) {
            return new DifferenceForm(
                    difference.kind(),
                    difference.name(),
                    difference.when(),
                    difference.what(),
                    difference.cost(),
                    difference.back());
        }
    }
}
