package dev.ccproxy.insight;

import dev.ccproxy.http.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tool, a system block or a content block of a request.
 *
 * @param path where it stands, such as {@code messages[3].content[1]}
 * @param label what people call it, such as {@code Bash} or {@code CLAUDE.md}
 * @param tool name of the tool that is defined, called, or whose result this is; null for all else
 * @param node as it was sent
 * @param bytes length as compact JSON, without {@code cache_control}
 * @param estimatedTokens a guess from the length; only their proportions count
 * @param breakpoint whether it carries {@code cache_control}
 * @param digest equal for parts that say the same, whatever the client itself changes from turn to turn
 */
public record PromptPart(
        PartKind kind,
        String path,
        String label,
        @Nullable String tool,
        JsonNode node,
        int bytes,
        int estimatedTokens,
        boolean breakpoint,
        Bytes digest) {}
