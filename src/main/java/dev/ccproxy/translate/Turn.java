package dev.ccproxy.translate;

import java.util.List;
import java.util.stream.Collectors;

/** A message of the conversation; instructions are turns too, wherever they stand. */
record Turn(Role role, List<Block> blocks) {

    Turn {
        blocks = List.copyOf(blocks);
    }

    /** Who speaks. */
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /** The texts of the turn, joined; whatever else it holds says nothing here. */
    String text(String between) {
        return blocks.stream()
                .filter(Block.Text.class::isInstance)
                .map(block -> ((Block.Text) block).text())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(between));
    }
}
