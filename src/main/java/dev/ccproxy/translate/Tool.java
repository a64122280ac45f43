package dev.ccproxy.translate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A function that the client offers. */
record Tool(
        String name, @Nullable String description, @Nullable JsonNode schema) {}
