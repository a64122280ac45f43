package dev.ccproxy.insight;

import dev.ccproxy.exchange.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What fills a context window. All tokens of parts are guesses: their lengths, scaled to the billed total where that is
 * known.
 *
 * @param tokens the whole prompt
 * @param scaled whether {@code tokens} was billed; else it is a guess too
 * @param segments by kind, in the order of the kinds
 * @param largest the largest parts, at most {@link #MOST_LARGEST}
 * @param unused what is carried along for nothing
 */
public record ContextBreakdown(
        long tokens, boolean scaled, List<Segment> segments, List<Item> largest, List<Unused> unused) {

    private static final int MOST_LARGEST = 20;

    public ContextBreakdown {
        segments = List.copyOf(segments);
        largest = List.copyOf(largest);
        unused = List.copyOf(unused);
    }

    /** All parts of one kind. */
    public record Segment(PartKind kind, long tokens, CacheState cached, List<Item> items) {
        public Segment {
            items = List.copyOf(items);
        }
    }

    /** One part, or several of one name. */
    public record Item(
            PartKind kind, String label, @Nullable String path, int parts, long tokens, CacheState cached) {}

    /**
     * Something that costs tokens without being used.
     *
     * @param reason {@code never_called} or {@code read_again}
     */
    public record Unused(Reason reason, String label, int times, long tokens) {
        /** Why it counts as unused. */
        public enum Reason {
            /** A tool that this conversation has not called. */
            NEVER_CALLED,
            /** A file whose content is there more than once; the tokens are those of all but one. */
            READ_AGAIN
        }
    }

    /**
     * Breaks a prompt down.
     *
     * @param usage null where none was reported
     */
    public static ContextBreakdown of(Prompt prompt, @Nullable Usage usage) {
        long estimated = Math.max(1, prompt.estimatedTokens());
        long billed = usage == null ? 0 : usage.context();
        double scale = billed == 0 ? 1 : (double) billed / estimated;
        List<Item> items = items(prompt, usage, scale);
        return new ContextBreakdown(
                billed == 0 ? prompt.estimatedTokens() : billed,
                billed != 0,
                segments(items),
                items.stream()
                        .sorted(Comparator.comparingLong(Item::tokens).reversed())
                        .limit(MOST_LARGEST)
                        .toList(),
                unused(prompt, items));
    }

    /** A running sum tells where the cache's prefix ends; rounding the sum instead of the parts keeps the total exact. */
    private static List<Item> items(Prompt prompt, @Nullable Usage usage, double scale) {
        List<Item> items = new ArrayList<>();
        long read = usage == null ? 0 : usage.cacheRead();
        long cached = usage == null ? 0 : read + usage.cacheWrite5m() + usage.cacheWrite1h();
        double exact = 0;
        long begin = 0;
        for (PromptPart part : prompt.parts()) {
            exact += part.estimatedTokens() * scale;
            long end = Math.round(exact);
            CacheState state = state((begin + end) / 2, read, cached);
            items.add(new Item(part.kind(), part.label(), part.path(), 1, end - begin, state));
            begin = end;
        }
        return items;
    }

    private static CacheState state(long middle, long read, long cached) {
        return middle < read ? CacheState.READ : middle < cached ? CacheState.WRITE : CacheState.NONE;
    }

    private static List<Segment> segments(List<Item> items) {
        Map<PartKind, List<Item>> byKind = new EnumMap<>(PartKind.class);
        items.forEach(item ->
                byKind.computeIfAbsent(item.kind(), kind -> new ArrayList<>()).add(item));
        return byKind.entrySet().stream()
                .map(entry -> new Segment(
                        entry.getKey(), sum(entry.getValue()), together(entry.getValue()), named(entry.getValue())))
                .toList();
    }

    /** Parts of one name are one item: 40 results of Read are one line. */
    private static List<Item> named(List<Item> items) {
        return items.stream().collect(Collectors.groupingBy(Item::label)).values().stream()
                .map(same -> new Item(
                        same.getFirst().kind(),
                        same.getFirst().label(),
                        same.size() == 1 ? same.getFirst().path() : null,
                        same.size(),
                        sum(same),
                        together(same)))
                .sorted(Comparator.comparingLong(Item::tokens).reversed().thenComparing(Item::label))
                .toList();
    }

    private static long sum(List<Item> items) {
        return items.stream().mapToLong(Item::tokens).sum();
    }

    private static CacheState together(List<Item> items) {
        return items.stream().map(Item::cached).reduce(CacheState::both).orElse(CacheState.NONE);
    }

    private static List<Unused> unused(Prompt prompt, List<Item> items) {
        Set<String> called = prompt.parts().stream()
                .filter(part -> part.kind() == PartKind.TOOLCALL)
                .map(PromptPart::label)
                .collect(Collectors.toCollection(HashSet::new));
        List<Unused> unused = new ArrayList<>();
        for (Item item : items) {
            boolean tool = item.kind() == PartKind.TOOLS || item.kind() == PartKind.MCP;
            if (tool && !called.contains(item.label())) {
                unused.add(new Unused(Unused.Reason.NEVER_CALLED, item.label(), 0, item.tokens()));
            }
        }
        unused.addAll(readAgain(prompt, items));
        unused.sort(Comparator.comparingLong(Unused::tokens).reversed());
        return unused;
    }

    private static List<Unused> readAgain(Prompt prompt, List<Item> items) {
        Map<String, String> fileOfCall = new HashMap<>();
        Map<String, List<Long>> reads = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            PromptPart part = prompt.parts().get(i);
            if (part.kind() == PartKind.TOOLCALL && "Read".equals(part.tool())) {
                fileOfCall.put(
                        part.node().path("id").asString(""),
                        part.node().path("input").path("file_path").asString(""));
            } else if (part.kind() == PartKind.RESULT && "Read".equals(part.tool())) {
                String file =
                        fileOfCall.getOrDefault(part.node().path("tool_use_id").asString(""), "");
                reads.computeIfAbsent(file, name -> new ArrayList<>())
                        .add(items.get(i).tokens());
            }
        }
        return reads.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1 && !entry.getKey().isEmpty())
                .map(entry -> new Unused(
                        Unused.Reason.READ_AGAIN,
                        entry.getKey(),
                        entry.getValue().size(),
                        allButOne(entry.getValue())))
                .toList();
    }

    private static long allButOne(List<Long> tokens) {
        return tokens.stream().mapToLong(Long::longValue).sum() - tokens.getLast();
    }
}
