package dev.ccproxy.http;

import java.io.IOException;

/** What an endpoint of our own answers. The server adds the security headers and the framing. */
public sealed interface Answer {

    int status();

    Headers headers();

    /** Known whole. */
    record Full(int status, Headers headers, Bytes body) implements Answer {}

    /** Written piece by piece; the client sees each piece at once. */
    record Streamed(int status, Headers headers, Writer writer) implements Answer {}

    /** Runs on the virtual thread of the call; returning ends the answer cleanly, throwing breaks the connection. */
    @FunctionalInterface
    interface Writer {
        void writeTo(Sink sink) throws IOException, InterruptedException;

        /** Frees what was taken for this answer: called once, at its end, also when nothing could be written. */
        default void close() {}
    }

    /** Where a streamed answer goes. For one thread. */
    interface Sink {
        /**
         * Writes and flushes; waits while the client does not keep up, but not for one that takes nothing.
         *
         * @throws IOException when the client has gone
         */
        void write(Bytes bytes) throws IOException, InterruptedException;

        /** Whether the client has gone; lets a writer that only waits end early. */
        boolean closed();
    }

    static Answer of(int status, String contentType, String body) {
        return new Full(status, Headers.of("Content-Type", contentType), Bytes.utf8(body));
    }
}
