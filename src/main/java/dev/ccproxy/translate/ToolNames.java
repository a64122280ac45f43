package dev.ccproxy.translate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of tools as the provider takes them. OpenAI allows 64 characters; names of MCP tools in Claude Code are often
 * longer. What was shortened is restored in the answer of the same exchange.
 */
final class ToolNames {

    private static final int MOST_CHARS = 64;
    private static final int DIGEST_DIGITS = 8;

    private final Map<String, String> originals = new HashMap<>();

    /** Shortens the names of these tools where needed. */
    static ToolNames of(List<Tool> tools, Set<Loss> losses) {
        ToolNames names = new ToolNames();
        for (Tool tool : tools) {
            if (!tool.name().equals(shortened(tool.name()))) {
                names.originals.put(shortened(tool.name()), tool.name());
                losses.add(Loss.TOOL_NAME);
            }
        }
        return names;
    }

    /** Without any tool. */
    static ToolNames none() {
        return new ToolNames();
    }

    static String shortened(String name) {
        return name.length() <= MOST_CHARS
                ? name
                : name.substring(0, MOST_CHARS - DIGEST_DIGITS - 1) + "_" + Digest.of(name, DIGEST_DIGITS);
    }

    String original(String name) {
        return originals.getOrDefault(name, name);
    }
}
