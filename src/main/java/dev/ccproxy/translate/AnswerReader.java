package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.sse.SseEvent;
import tools.jackson.databind.node.ObjectNode;

/** Reads one answer of one format; gives its parts to the consumer that it was made with. */
interface AnswerReader {

    /**
     * Reads an answer that is no stream.
     *
     * @param text the same as it came
     */
    void whole(ObjectNode body, Bytes text);

    /** Reads the next event of a stream. */
    void event(SseEvent event);

    /** The stream came to its end without a break: gives what is still due where the answer is whole. */
    void end();
}
