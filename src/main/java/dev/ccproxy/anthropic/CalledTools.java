package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the tool calls of one answer. Arguments are held only of calls that start a subagent. For one thread. */
final class CalledTools {

    private static final Set<String> STARTS_AGENT = Set.of("Agent", "Task");

    /** Where Claude Code leaves the type out it means this one. */
    private static final String ANY_AGENT = "general-purpose";

    private static final int MOST_CALLS = 256;
    private static final int MOST_ERRAND_CHARS = 1 << 20;
    private static final int MOST_WORD_CHARS = 200;

    /** A call whose arguments may still come. */
    private static final class Call {
        private final long index;
        private final String id;
        private final String name;
        private final Fingerprint input = new Fingerprint();
        private final @Nullable StringBuilder errand;

        Call(long index, String id, String name) {
            this.index = index;
            this.id = id;
            this.name = name;
            this.errand = STARTS_AGENT.contains(name) ? new StringBuilder() : null;
        }

        void add(String piece) {
            input.add(piece);
            if (errand != null && errand.length() < MOST_ERRAND_CHARS) {
                errand.append(piece);
            }
        }

        ToolCall call() {
            return new ToolCall(id, name, input.value(), errand == null ? null : errand(errand.toString()));
        }
    }

    private final List<Call> calls = new ArrayList<>();

    void clear() {
        calls.clear();
    }

    /**
     * A call begins, or is there as a whole.
     *
     * @param index of its block; -1 where no more of it follows
     */
    void start(long index, @Nullable String id, @Nullable String name, @Nullable Bytes input) {
        if (id == null || name == null || calls.size() >= MOST_CALLS) {
            return;
        }
        Call call = new Call(index, id, name);
        if (input != null && input.length() > 2) {
            call.add(input.utf8());
        }
        calls.add(call);
    }

    /** A piece of the arguments of the call at an index. */
    void piece(long index, String piece) {
        if (!calls.isEmpty() && calls.getLast().index == index) {
            calls.getLast().add(piece);
        }
    }

    List<ToolCall> calls() {
        return calls.stream().map(Call::call).toList();
    }

    private static ToolCall.@Nullable Errand errand(String input) {
        JsonCursor json = new JsonCursor(Bytes.utf8(input));
        String agent = ANY_AGENT;
        String description = "";
        String prompt = null;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("subagent_type")) {
                    String given = json.text(MOST_WORD_CHARS);
                    agent = given == null || given.isBlank() ? agent : given;
                } else if (json.nameIs("description")) {
                    String given = json.text(MOST_WORD_CHARS);
                    description = given == null ? "" : given;
                } else if (json.nameIs("prompt")) {
                    prompt = json.text();
                }
            }
        }
        return prompt == null ? null : new ToolCall.Errand(agent, OneLine.of(description), Fingerprint.of(prompt));
    }
}
