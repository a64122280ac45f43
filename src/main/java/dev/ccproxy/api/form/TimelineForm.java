package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an answer came, in milliseconds since the request began. */
public record TimelineForm(
        TimingForm marks,

        @JsonPropertyDescription("First text of the message.") @Nullable
        Double firstText,

        @JsonPropertyDescription("First tool call of the message.") @Nullable
        Double firstTool,

        @JsonPropertyDescription("Output tokens per second, from the first content to the last byte.") @Nullable
        Double tokensPerSecond,

        @JsonPropertyDescription("Pings of the upstream.") int pings,

        @JsonPropertyDescription("Content blocks, in their order.")
        List<Block> blocks,

        @JsonPropertyDescription("Times without a byte of a second and more; the 100 longest, in their order.")
        List<Silence> silences,

        @JsonPropertyDescription("How long tools took whose results the request brings.")
        List<ToolTime> tools,

        @JsonPropertyDescription(
                "exact; approximate where the answer was compressed on its way; none where no times are kept.")
        EventPageForm.Times times) {

    /** A content block. */
    public record Block(
            String type,

            @JsonPropertyDescription("Name of the tool.") @Nullable
            String name,

            @Nullable Double start,
            @Nullable Double end) {}

    /** A time without a byte. */
    public record Silence(double start, double millis) {}

    /** How long a tool took. */
    public record ToolTime(
            String tool,
            double millis,

            @JsonPropertyDescription("hint: the client says so; gap: the time since the answer that called it.")
            Source source) {}

    /** How a tool's time is known. */
    public enum Source {
        HINT,
        GAP
    }
}
