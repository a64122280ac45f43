package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.insight.CacheState;
import dev.ccproxy.insight.ContextBreakdown;
import dev.ccproxy.insight.PartKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What fills the context window of a request. */
public record ContextForm(
        @JsonPropertyDescription("The whole prompt.") long tokens,

        @JsonPropertyDescription(
                "Whether `tokens` was billed; else it is a guess. Tokens of parts are guesses, scaled to it.")
        boolean scaled,

        List<Segment> segments,

        @JsonPropertyDescription("The 20 largest parts.") List<Item> largest,

        @JsonPropertyDescription("What is carried along for nothing, the largest first.")
        List<Unused> unused) {

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

    public static ContextForm of(ContextBreakdown breakdown) {
        return new ContextForm(
                breakdown.tokens(),
                breakdown.scaled(),
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
