package dev.ccproxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.SessionFileFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFolderTest {

    @TempDir
    Path directory;

    private Path claude;
    private SessionFileFixture files;
    private TranscriptFolder folder;

    @BeforeEach
    void make() {
        claude = directory.resolve("claude");
        files = new SessionFileFixture(claude);
        folder = new TranscriptFolder(claude);
    }

    @Test
    void aFolderThatIsNotThereHasNoSessions() throws Exception {
        assertThat(folder.sessions()).isEmpty();
        assertThat(folder.sessions("-home-alice-shop")).isEmpty();
        assertThat(folder.session("one", null)).isEmpty();
    }

    @Test
    void sessionsOfAllProjectsComeWrittenToLastFirst() throws Exception {
        write("-one", "early", 100);
        write("-two", "late", 300);
        write("-one", "middle", 200);
        assertThat(folder.sessions()).extracting(TranscriptFile::session).containsExactly("late", "middle", "early");
        assertThat(folder.sessions("-one").orElseThrow())
                .extracting(TranscriptFile::session)
                .containsExactly("middle", "early");
    }

    @Test
    void aSessionIsFoundInItsProjectOrInAny() throws Exception {
        write("-one", "same", 100);
        write("-two", "same", 300);
        assertThat(folder.session("same", null).orElseThrow().project()).isEqualTo("-two");
        assertThat(folder.session("same", "-one").orElseThrow().project()).isEqualTo("-one");
        assertThat(folder.session("same", "-three")).isEmpty();
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws Exception {
        write("-one", "inside", 100);
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret.jsonl"), "{}\n");
        Files.writeString(claude.resolve("projects").resolve("stray.jsonl"), "{}\n");
        for (String project :
                List.of("..", ".", "", "../..", "../../outside", "-one/..", "-one/../../../outside", "/")) {
            assertThat(folder.sessions(project)).as(project).isEmpty();
            assertThat(folder.session("secret", project)).as(project).isEmpty();
            assertThat(folder.session("inside", project)).as(project).isEmpty();
        }
        for (String id :
                List.of("../../../outside/secret", "..", "", "a/b", "stray", "inside.jsonl", "\u0000", "..\\x")) {
            assertThat(folder.session(id, null)).as(id).isEmpty();
            assertThat(folder.session(id, "-one")).as(id).isEmpty();
        }
    }

    @Test
    void linksBelowTheFolderAreNotFollowed() throws Exception {
        Path outside = Files.createDirectories(directory.resolve("outside/sub/subagents"));
        Files.writeString(outside.resolve("agent-a1.jsonl"), "{}\n");
        Files.writeString(directory.resolve("outside/secret.jsonl"), "{}\n");
        Path session = write("-one", "sub", 100);
        Files.createSymbolicLink(session.resolveSibling("link.jsonl"), directory.resolve("outside/secret.jsonl"));
        Files.createSymbolicLink(session.resolveSibling("sub"), directory.resolve("outside/sub"));
        Files.createSymbolicLink(claude.resolve("projects/-linked"), directory.resolve("outside"));

        assertThat(folder.sessions()).extracting(TranscriptFile::session).containsExactly("sub");
        assertThat(folder.session("link", "-one")).isEmpty();
        assertThat(folder.session("secret", "-linked")).isEmpty();
        assertThat(folder.subagents(folder.session("sub", "-one").orElseThrow()))
                .isEmpty();
    }

    @Test
    void theFolderItselfMayBeALink() throws Exception {
        write("-one", "here", 100);
        Path link = Files.createSymbolicLink(directory.resolve("link"), claude);
        assertThat(new TranscriptFolder(link).sessions())
                .extracting(TranscriptFile::session)
                .containsExactly("here");
    }

    @Test
    void subagentsAreFoundWithWhatTheClientNotedOfThem() throws Exception {
        files.add(files.session(), "{}");
        files.add(files.subagent(), "{}");
        files.notes("""
                {"agentType":"code-reviewer","isBuiltIn":false,"description":"Review the readme","toolUseId":"toolu_1",
                 "spawnDepth":1,"requestShape":"background","model":"claude-opus-5-5","finished":true,"newer":[1]}""");
        TranscriptFile session =
                folder.session(SessionFileFixture.SESSION, null).orElseThrow();
        TranscriptFile subagent = folder.subagents(session).getFirst();
        assertThat(subagent.agent()).isEqualTo(SessionFileFixture.AGENT);
        assertThat(folder.notes(subagent))
                .hasValue(new AgentNotes(
                        "code-reviewer", false, "Review the readme", "toolu_1", 1, "claude-opus-5-5", true));
    }

    @Test
    void notesThatCannotBeReadAreNone() throws Exception {
        files.add(files.session(), "{}");
        files.add(files.subagent(), "{}");
        TranscriptFile session =
                folder.session(SessionFileFixture.SESSION, null).orElseThrow();
        TranscriptFile subagent = folder.subagents(session).getFirst();
        assertThat(folder.notes(subagent)).isEmpty();
        files.notes("{\"agentType\":");
        assertThat(folder.notes(subagent)).isEmpty();
        files.notes("x".repeat((1 << 20) + 1));
        assertThat(folder.notes(subagent)).isEmpty();
    }

    private Path write(String project, String id, long second) throws Exception {
        Path file = files.session(project, id);
        files.add(file, "{}");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        return file;
    }
}
