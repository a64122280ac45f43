package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.sse.SseParser;

/** Translates one stream while it comes: what a piece says is written before the call returns. For one thread. */
public final class AnswerStream {

    private final AnswerReader reader;
    private final SseParser parser;
    private final Progress progress;

    /** How far an answer is. */
    public enum State {
        /** More is to come; a stream that stops here is broken, and so must be what the client sees of it. */
        RUNNING,
        /** Its end was written. */
        COMPLETE,
        /** The provider reported an error inside of the stream, which was written. */
        FAILED
    }

    /** Watches the parts on their way. */
    static final class Progress {
        private State state = State.RUNNING;

        void see(AnswerPart part) {
            if (part instanceof AnswerPart.Ended) {
                state = State.COMPLETE;
            } else if (part instanceof AnswerPart.Failed) {
                state = State.FAILED;
            }
        }
    }

    AnswerStream(AnswerReader reader, Progress progress, int maxEventBytes) {
        this.reader = reader;
        this.progress = progress;
        this.parser = new SseParser(maxEventBytes, reader::event);
    }

    /** Takes the next piece of the provider's stream; its bytes must never change afterwards. */
    public void feed(Bytes piece) {
        parser.feed(piece);
    }

    /** The provider's stream came to its end as its framing says. */
    public State end() {
        if (parser.unfinished()) {
            // Some servers leave out the empty line behind the last event.
            parser.feed(Bytes.utf8("\n\n"));
        }
        reader.end();
        return progress.state;
    }

    public State state() {
        return progress.state;
    }
}
