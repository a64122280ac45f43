package dev.ccproxy.storage;

/** How often a tool was called. */
public record ToolCount(String tool, long calls) {}
