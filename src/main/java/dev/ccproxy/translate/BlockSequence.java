package dev.ccproxy.translate;

import dev.ccproxy.translate.MessageBlocks.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of an answer into blocks of which one is open at a time, as clients of the Messages API expect.
 * Providers mix parallel calls, and text into calls: what cannot go on at once waits until the open call is whole, which
 * is known from the braces of its arguments. Everything else goes on at once. For one answer and one thread.
 */
final class BlockSequence {

    private final MessageBlocks blocks;
    private final Supplier<String> freshIds;
    private final Set<Loss> losses;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Integer, Waiting> calls = new HashMap<>();
    private @Nullable Waiting open;
    private int index = -1;

    BlockSequence(MessageBlocks blocks, Supplier<String> freshIds, Set<Loss> losses) {
        this.blocks = blocks;
        this.freshIds = freshIds;
        this.losses = losses;
    }

    /** A block that is open, or whose turn has not come. */
    private static final class Waiting {
        final Kind kind;
        final String id;
        final String name;
        final JsonBalance balance = new JsonBalance();
        final StringBuilder held = new StringBuilder();
        String signature = ThinkingSeal.PLAIN.signature();
        boolean closed;

        Waiting(Kind kind, String id, String name) {
            this.kind = kind;
            this.id = id;
            this.name = name;
        }
    }

    void text(String piece) {
        words(Kind.TEXT, piece);
    }

    void thinking(String piece) {
        words(Kind.THINKING, piece);
    }

    /** The thinking so far is whole. */
    void seal(ThinkingSeal seal) {
        Waiting last = last();
        if (last == null || last.kind != Kind.THINKING) {
            last = enqueue(new Waiting(Kind.THINKING, "", ""));
        }
        last.signature = seal.signature();
        last.closed = true;
        advance();
    }

    void call(int call, @Nullable String id, String name) {
        String given = id == null || id.isEmpty() ? "call_" + freshIds.get() : id;
        Waiting block = new Waiting(Kind.TOOL, ToolIds.forMessages(given), name);
        calls.put(call, block);
        enqueue(block);
    }

    void arguments(int call, String piece) {
        Waiting block = calls.get(call);
        if (block == null || (block.closed && block != open && !waiting.contains(block))) {
            if (!piece.isBlank()) {
                losses.add(Loss.LATE_ARGUMENTS);
            }
            return;
        }
        block.balance.add(piece);
        add(block, piece);
        advance();
    }

    /** What was added last is whole. */
    void closeLast() {
        Waiting last = last();
        if (last != null) {
            last.closed = true;
        }
    }

    /** Everything has come. */
    void finish() {
        while (open != null) {
            close();
            next();
        }
    }

    private void words(Kind kind, String piece) {
        Waiting last = last();
        if (last == null || last.kind != kind || last.closed) {
            last = enqueue(new Waiting(kind, "", ""));
        }
        add(last, piece);
    }

    private @Nullable Waiting last() {
        return waiting.isEmpty() ? open : waiting.peekLast();
    }

    private Waiting enqueue(Waiting block) {
        waiting.add(block);
        advance();
        return block;
    }

    private void add(Waiting block, String piece) {
        if (block == open) {
            blocks.add(index, block.kind, piece);
        } else {
            block.held.append(piece);
        }
    }

    /** Goes on to the next block as soon as the open one needs nothing more. */
    private void advance() {
        while (!waiting.isEmpty() && (open == null || isWhole(open))) {
            if (open != null) {
                close();
            }
            next();
        }
    }

    private static boolean isWhole(Waiting block) {
        return block.kind != Kind.TOOL || block.closed || block.balance.whole();
    }

    private void close() {
        Waiting block = open;
        if (block != null) {
            if (block.kind == Kind.THINKING) {
                blocks.sign(index, block.signature);
            }
            block.closed = true;
            blocks.close(index, block.kind);
        }
        open = null;
    }

    private void next() {
        open = waiting.poll();
        if (open != null) {
            blocks.open(++index, open.kind, open.id, open.name);
            if (!open.held.isEmpty()) {
                blocks.add(index, open.kind, open.held.toString());
            }
        }
    }
}
