package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the argument that says most about a tool call. */
final class ToolArgument {

    /** The best first: {@code Grep} has a pattern and a path, {@code Bash} a command and a description. */
    private static final List<String> BEST_FIRST = List.of(
            "file_path",
            "notebook_path",
            "command",
            "pattern",
            "url",
            "query",
            "path",
            "description",
            "prompt",
            "skill");

    private static final int MOST_CHARS = 800;

    private ToolArgument() {}

    /** The main argument of an input, which may be cut off; the first text where no name is known; null without texts. */
    static @Nullable String of(Bytes input) {
        JsonCursor json = new JsonCursor(input);
        String best = null;
        int bestRank = Integer.MAX_VALUE;
        if (json.enterObject()) {
            while (json.nextMember()) {
                int rank = rank(json);
                String text = rank < bestRank ? json.text(MOST_CHARS) : null;
                if (text != null && !text.isBlank()) {
                    best = text;
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private static int rank(JsonCursor json) {
        for (int i = 0; i < BEST_FIRST.size(); i++) {
            if (json.nameIs(BEST_FIRST.get(i))) {
                return i;
            }
        }
        return BEST_FIRST.size();
    }
}
