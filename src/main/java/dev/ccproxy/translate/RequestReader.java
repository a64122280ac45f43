package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests of one format. */
interface RequestReader {

    /**
     * Reads one request; what it cannot hold is added to the losses.
     *
     * @param body the request as a tree
     * @param text the same as it came
     */
    ModelRequest read(ObjectNode body, Bytes text);
}
