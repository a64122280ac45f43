package dev.ccproxy.translate;

import tools.jackson.databind.node.ObjectNode;

/** Writes requests in one format. */
interface RequestWriter {

    /** The request as the provider takes it; what it cannot hold is added to the losses. */
    ObjectNode write(ModelRequest request);
}
