package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.insight.PartKind;
import dev.ccproxy.insight.PromptChanges;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a request says differently from another. */
public record ChangesForm(
        @JsonPropertyDescription("Id of the exchange that it is compared with; absent where there is none.") @Nullable
        String base,

        @JsonPropertyDescription("Milliseconds between both.") @Nullable
        Long gapMs,

        @JsonPropertyDescription("Tools, system blocks and content blocks, in the order of the prompt cache.")
        List<Block> blocks,

        @JsonPropertyDescription("Other members of the body that differ.")
        List<Parameter> parameters) {

    private static final int MOST_TEXT_CHARS = 64 * 1024;

    /** A part in both requests, or in one. */
    public record Block(
            @JsonPropertyDescription("Where it stands, or stood.")
            String at,

            PartKind kind,
            String label,

            @JsonPropertyDescription("Estimated.") int tokens,

            PromptChanges.Change change,

            @JsonPropertyDescription("As it was, up to 64 KiB; of changed and removed blocks only.")
            @JsonProperty("a")
            @Nullable
            String before,

            @JsonPropertyDescription("As it is, up to 64 KiB; of changed and added blocks only.")
            @JsonProperty("b")
            @Nullable
            String after) {

        public static Block of(PromptChanges.Block block) {
            boolean same = block.change() == PromptChanges.Change.SAME;
            return new Block(
                    block.part().path(),
                    block.part().kind(),
                    block.part().label(),
                    block.part().estimatedTokens(),
                    block.change(),
                    same || block.before() == null ? null : text(block.before().node()),
                    same || block.after() == null ? null : text(block.after().node()));
        }
    }

    /** A member such as {@code max_tokens}, as JSON. */
    public record Parameter(
            String name,

            @JsonProperty("a") @Nullable String before,

            @JsonProperty("b") @Nullable String after) {

        public static Parameter of(PromptChanges.Parameter parameter) {
            return new Parameter(parameter.name(), shown(parameter.before()), shown(parameter.after()));
        }

        private static @Nullable String shown(@Nullable JsonNode value) {
            return value == null ? null : cut(value.toString());
        }
    }

    /** A text as people read it; everything else as JSON on several lines. */
    private static String text(JsonNode node) {
        JsonNode text = node.path("text");
        return cut(
                text.isString() && !node.path("type").asString("").equals("tool_use")
                        ? text.asString()
                        : node.toPrettyString());
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT_CHARS ? text : text.substring(0, MOST_TEXT_CHARS - 1) + "…";
    }

    public static ChangesForm of(ExchangeId base, long gapMs, PromptChanges changes) {
        return new ChangesForm(
                base.toString(),
                gapMs,
                changes.blocks().stream().map(Block::of).toList(),
                changes.parameters().stream().map(Parameter::of).toList());
    }

    /** For the first request of a thread. */
    public static ChangesForm nothingBefore() {
        return new ChangesForm(null, null, List.of(), List.of());
    }
}
