package dev.ccproxy.insight;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.ccproxy.http.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one request says differently from another, after leaving out what the client itself changes from turn to turn (see
 * {@link PartMeasure}).
 *
 * @param blocks every part of either, in the order of the prompt
 * @param parameters members of the body that are no part of the prompt and differ
 */
public record PromptChanges(List<Block> blocks, List<Parameter> parameters) {

    public PromptChanges {
        blocks = List.copyOf(blocks);
        parameters = List.copyOf(parameters);
    }

    /** How a part compares. */
    public enum Change {
        SAME,
        CHANGED,
        ADDED,
        REMOVED
    }

    /**
     * A part in both requests, or in one.
     *
     * @param before null where it was added
     * @param after null where it was removed
     */
    public record Block(
            Change change,
            @Nullable PromptPart before,
            @Nullable PromptPart after) {

        /** The part as it is now, or was. */
        public PromptPart part() {
            return after != null ? after : Objects.requireNonNull(before, "a part is in one of both");
        }
    }

    /** A member such as {@code max_tokens}; null where it is missing. */
    public record Parameter(
            String name,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /** Compares two requests. */
    public static PromptChanges between(Prompt before, Prompt after) {
        return new PromptChanges(blocks(before.parts(), after.parts()), parameters(before, after));
    }

    private static List<Block> blocks(List<PromptPart> before, List<PromptPart> after) {
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<Bytes> delta :
                DiffUtils.diff(digests(before), digests(after)).getDeltas()) {
            int from = delta.getSource().getPosition();
            int to = delta.getTarget().getPosition();
            same(blocks, before.subList(at, from), after.subList(to - (from - at), to));
            at = from + delta.getSource().size();
            different(
                    blocks,
                    before.subList(from, at),
                    after.subList(to, to + delta.getTarget().size()));
        }
        int rest = before.size() - at;
        same(blocks, before.subList(at, before.size()), after.subList(after.size() - rest, after.size()));
        return blocks;
    }

    private static List<Bytes> digests(List<PromptPart> parts) {
        return parts.stream().map(PromptPart::digest).toList();
    }

    private static void same(List<Block> blocks, List<PromptPart> before, List<PromptPart> after) {
        for (int i = 0; i < before.size(); i++) {
            blocks.add(new Block(Change.SAME, before.get(i), after.get(i)));
        }
    }

    /** Parts of one kind and name are the same part with another content; the rest went and came. */
    private static void different(List<Block> blocks, List<PromptPart> before, List<PromptPart> after) {
        List<PromptPart> gone = new ArrayList<>(before);
        Map<PromptPart, PromptPart> was = new LinkedHashMap<>();
        for (PromptPart now : after) {
            gone.stream().filter(old -> sameThing(old, now)).findFirst().ifPresent(old -> {
                gone.remove(old);
                was.put(now, old);
            });
        }
        gone.forEach(old -> blocks.add(new Block(Change.REMOVED, old, null)));
        for (PromptPart now : after) {
            PromptPart old = was.get(now);
            blocks.add(new Block(old == null ? Change.ADDED : Change.CHANGED, old, now));
        }
    }

    private static boolean sameThing(PromptPart old, PromptPart now) {
        return old.kind() == now.kind()
                && switch (now.kind()) {
                    case TOOLS, MCP, MEMORY -> old.label().equals(now.label());
                    case SYSTEM, SKILLS, REMINDER, USER, ASSISTANT, THINKING, TOOLCALL, RESULT, IMAGE, OTHER ->
                        old.path().equals(now.path());
                };
    }

    private static List<Parameter> parameters(Prompt before, Prompt after) {
        TreeSet<String> names = new TreeSet<>(before.parameters().propertyNames());
        names.addAll(after.parameters().propertyNames());
        return names.stream()
                .map(name -> new Parameter(
                        name, before.parameters().get(name), after.parameters().get(name)))
                .filter(parameter -> !Objects.equals(parameter.before(), parameter.after()))
                .toList();
    }

    /** The first part that keeps the cache of the request before from being read on; null when only new parts follow. */
    public @Nullable Block firstBreak() {
        for (Block block : blocks) {
            if (block.change() == Change.CHANGED || block.change() == Change.REMOVED) {
                return block;
            }
            if (block.change() == Change.ADDED) {
                return hasOlderBehind(block) ? block : null;
            }
        }
        return null;
    }

    /** {@link #firstBreak} without its texts. */
    public Difference difference() {
        Block block = firstBreak();
        return block == null
                ? new Difference.Nowhere()
                : new Difference.At(
                        block.part().kind(), block.part().path(), block.part().label());
    }

    private boolean hasOlderBehind(Block added) {
        return blocks.subList(blocks.indexOf(added), blocks.size()).stream().anyMatch(block -> block.before() != null);
    }
}
