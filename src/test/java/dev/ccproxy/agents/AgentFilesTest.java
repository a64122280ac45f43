package dev.ccproxy.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions of agents, and the requests that carry them. */
class AgentFilesTest {

    @TempDir
    private Path folder;

    private AgentFiles files(String... namesAndTexts) throws IOException {
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
        }
        return new AgentFiles(List.of(folder));
    }

    private static String name(AgentFiles files, String systemText) {
        return files.matching(List.of("You are Claude.", systemText))
                .map(AgentDefinition::name)
                .orElse("");
    }

    @Test
    void thePromptIsTheWholeTextBehindTheFrontMatter() throws IOException {
        AgentFiles files = files("a.md", "---\nname: reviewer\n---\n\nLook.\n\n---\nRules.\nNotes:\n- one\n");

        assertThat(files.named("reviewer").orElseThrow().prompt()).isEqualTo("Look.\n\n---\nRules.\nNotes:\n- one");
        assertThat(name(files, "Look.\n\n---\nRules.\nNotes:\n- one\n\nMessages from the agent that launched you"))
                .isEqualTo("reviewer");
        assertThat(name(files, "Look.\n\n---\nRules.\nNotes:\n- one")).isEqualTo("reviewer");
    }

    @Test
    void theLongestPromptWinsAndWordsMustEnd() throws IOException {
        AgentFiles files =
                files("short.md", "---\nname: short\n---\nLook.", "long.md", "---\nname: long\n---\nLook.\n\nAt all.");

        assertThat(name(files, "Look.\n\nAt all.\n\nMore")).isEqualTo("long");
        assertThat(name(files, "Look.\n\nAt some.")).isEqualTo("short");
        assertThat(name(files, "Look. Again.")).isEmpty();
    }

    @Test
    void aFileWithoutANameIsCalledAsTheFile() throws IOException {
        AgentFiles files = files("plain.md", "---\ndescription: x\n---\nLook.", "none.md", "no front matter");

        assertThat(files.definitions()).extracting(AgentDefinition::name).containsExactly("plain");
    }

    @Test
    void aMissingFolderHoldsNothing() {
        assertThat(new AgentFiles(List.of(folder.resolve("absent"))).definitions())
                .isEmpty();
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        AgentFiles files = files("a.md", "---\nname: reviewer\n---\nLook.");
        assertThat(name(files, "Look.")).isEqualTo("reviewer");

        Files.writeString(folder.resolve("a.md"), "---\nname: reviewer\n---\nLook closely.");
        Patience.untilPasses(() -> assertThat(name(files, "Look closely.")).isEqualTo("reviewer"));
        assertThat(name(files, "Look.")).isEmpty();
    }

    @Test
    void filesMayComeAndGo() throws IOException {
        AgentFiles files = new AgentFiles(List.of(folder.resolve("later"), folder));
        assertThat(files.definitions()).isEmpty();

        Files.createDirectories(folder.resolve("later/deep"));
        Files.writeString(folder.resolve("later/deep/b.md"), "---\nname: b\n---\nB.");
        Patience.untilPasses(() -> assertThat(files.named("b")).isPresent());

        Files.delete(folder.resolve("later/deep/b.md"));
        Patience.untilPasses(() -> assertThat(files.named("b")).isEmpty());
    }

    @Test
    void whereTwoFoldersDefineAnAgentTheFirstCounts() throws IOException {
        Files.createDirectories(folder.resolve("strong"));
        Files.writeString(folder.resolve("strong/x.md"), "---\nname: x\n---\nStrong.");
        Files.createDirectories(folder.resolve("weak"));
        Files.writeString(folder.resolve("weak/x.md"), "---\nname: x\n---\nWeak.");
        AgentFiles files = new AgentFiles(List.of(folder.resolve("strong"), folder.resolve("weak")));

        assertThat(files.named("x").orElseThrow().prompt()).isEqualTo("Strong.");
        assertThat(files.tried("x")).containsExactly(folder.resolve("strong/x.md"), folder.resolve("weak/x.md"));
    }
}
