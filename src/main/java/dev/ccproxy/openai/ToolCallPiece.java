package dev.ccproxy.openai;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a tool call.
 *
 * @param call which call of the answer, from 0
 * @param begins whether it is the first piece of that call
 * @param id null where the provider gives none; only in the first piece
 */
public record ToolCallPiece(
        int call, boolean begins, @Nullable String id, String name, String arguments) {}
