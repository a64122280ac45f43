package dev.ccproxy.api;

import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.transcript.TranscriptFile;
import dev.ccproxy.transcript.Transcripts;
import java.io.IOException;
import java.util.Optional;

/** Finds the session files that a call is about, or says why there are none to show. Safe for all threads. */
final class SessionFiles {

    private final Transcripts transcripts;

    SessionFiles(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    /** An answer about the files. */
    @FunctionalInterface
    interface Showing {
        Answer of(Transcripts transcripts) throws IOException, InterruptedException;
    }

    /** An answer about one session. */
    @FunctionalInterface
    interface SessionShowing {
        Answer of(Transcripts transcripts, TranscriptFile session) throws IOException, InterruptedException;
    }

    /** Answers where the files may be read. */
    Answer show(Showing showing) throws InterruptedException {
        if (!transcripts.enabled()) {
            return Problem.transcriptsOff().answer();
        }
        try {
            return showing.of(transcripts);
        } catch (IOException unreadable) {
            return Problem.transcriptsUnreadable(String.valueOf(unreadable.getMessage()))
                    .answer();
        }
    }

    /** Answers about the session of the call's path. */
    Answer showSession(Call call, SessionShowing showing) throws InterruptedException {
        return show(files -> {
            String id = call.pathValue("id");
            Optional<TranscriptFile> session = files.session(id, call.query().get("project"));
            return session.isEmpty() ? Problem.unknownSession(id).answer() : showing.of(files, session.get());
        });
    }
}
