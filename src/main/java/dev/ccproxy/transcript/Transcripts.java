package dev.ccproxy.transcript;

import dev.ccproxy.config.TranscriptSettings;
import dev.ccproxy.transcript.TranscriptLines.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claude Code's own session files, as far as the settings allow to read them. Safe for all threads. */
public final class Transcripts {

    private final boolean enabled;
    private final TranscriptFolder folder;
    private final TranscriptReader reader = new TranscriptReader();

    public Transcripts(TranscriptSettings settings) {
        this.enabled = settings.enabled();
        this.folder = new TranscriptFolder(settings.folder());
    }

    /** Whether they may be read; where not, nobody must ask for anything else. */
    public boolean enabled() {
        return enabled;
    }

    /** Every session, written to last first. */
    public List<TranscriptFile> sessions() throws IOException {
        return folder.sessions();
    }

    /** Every session of a project, written to last first; empty when there is no such project. */
    public Optional<List<TranscriptFile>> sessions(String project) throws IOException {
        return folder.sessions(project);
    }

    /** One session; {@code project} null for whichever has it. */
    public Optional<TranscriptFile> session(String id, @Nullable String project) throws IOException {
        return folder.session(id, project);
    }

    /** The file of one subagent of a session. */
    public Optional<TranscriptFile> subagent(TranscriptFile session, String agent) throws IOException {
        return folder.subagents(session).stream()
                .filter(file -> agent.equals(file.agent()))
                .findFirst();
    }

    /** What one file says now. */
    public TranscriptFacts facts(TranscriptFile file) throws IOException {
        return reader.facts(file);
    }

    /** What all files of a session say now. */
    public SessionTranscript whole(TranscriptFile session) throws IOException {
        List<SessionTranscript.Agent> agents = new ArrayList<>();
        for (TranscriptFile file : folder.subagents(session)) {
            agents.add(new SessionTranscript.Agent(
                    file, reader.facts(file), folder.notes(file).orElse(null)));
        }
        return new SessionTranscript(session, reader.facts(session), agents);
    }

    /** Shows every record of a file, from its first to its last. */
    public void visit(TranscriptFile file, RecordVisit visit) throws IOException, InterruptedException {
        try (TranscriptLines lines = new TranscriptLines(file.path(), 0)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (line.text() != null && RecordReader.read(line.text()).isPresent()) {
                    visit.record(line.text());
                }
            }
        }
    }
}
