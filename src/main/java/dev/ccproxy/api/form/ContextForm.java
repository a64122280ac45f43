package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.insight.CacheState;
import dev.ccproxy.insight.ContextBreakdown;
import dev.ccproxy.insight.ContextWindow;
import dev.ccproxy.insight.PartKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What fills the context window of a request. */
public record ContextForm(
        @JsonPropertyDescription("The whole prompt.") long tokens,

        @JsonPropertyDescription(
                "Whether `tokens` was billed; else it is a guess. Tokens of parts are guesses, scaled to it.")
        boolean scaled,

        @JsonPropertyDescription("Tokens that a prompt of this model may have; absent where that is not known.")
        @Nullable
        Long window,

        @JsonPropertyDescription("When Claude Code compacts by itself; absent where that was not measured.") @Nullable
        Compaction compaction,

        @JsonPropertyDescription(
                "The prompts of this thread up to this one, oldest first, at most 40: a drop is a compaction or a rewind.")
        List<Point> growth,

        List<Segment> segments,

        @JsonPropertyDescription("The 20 largest parts.") List<Item> largest,

        @JsonPropertyDescription("What is carried along for nothing, the largest first.")
        List<Unused> unused) {

    /** The prompt of one request. */
    public record Point(
            @JsonPropertyDescription("Id of the exchange.") String exchange,

            @JsonPropertyDescription("Milliseconds since 1970.")
            long at,

            @JsonPropertyDescription("Billed tokens of the prompt.")
            long tokens) {}

    /** All parts of one kind. */
    public record Segment(PartKind kind, long tokens, CacheState cached, List<Item> items) {}

    /** One part, or several of one name. */
    public record Item(
            PartKind kind,
            String label,

            @JsonPropertyDescription("Where it stands in the request; absent where there are several.") @Nullable
            String path,

            int parts,
            long tokens,
            CacheState cached) {

        static Item of(ContextBreakdown.Item item) {
            return new Item(item.kind(), item.label(), item.path(), item.parts(), item.tokens(), item.cached());
        }
    }

    /** Something that costs tokens without being used. */
    public record Unused(
            ContextBreakdown.Unused.Reason reason,
            String label,

            @JsonPropertyDescription("How often it is there.")
            int times,

            long tokens) {}

    /** Where a conversation of this model is summarised to make room: between two numbers of tokens that were tried. */
    public record Compaction(
            @JsonPropertyDescription("After so many input tokens it goes on as it was.")
            long below,

            @JsonPropertyDescription("After so many it compacts before the next prompt.")
            long from,

            @JsonPropertyDescription("Version of Claude Code with which that was measured.")
            String client) {}

    /** {@code window} is null where it is not known. */
    public static ContextForm of(ContextBreakdown breakdown, @Nullable ContextWindow window, List<Point> growth) {
        ContextWindow.Compaction compaction = window == null ? null : window.compaction();
        return new ContextForm(
                breakdown.tokens(),
                breakdown.scaled(),
                window == null ? null : window.tokens(),
                compaction == null ? null : new Compaction(compaction.below(), compaction.from(), compaction.client()),
                growth,
                breakdown.segments().stream()
                        .map(segment -> new Segment(
                                segment.kind(),
                                segment.tokens(),
                                segment.cached(),
                                segment.items().stream().map(Item::of).toList()))
                        .toList(),
                breakdown.largest().stream().map(Item::of).toList(),
                breakdown.unused().stream()
                        .map(unused -> new Unused(unused.reason(), unused.label(), unused.times(), unused.tokens()))
                        .toList());
    }
}
