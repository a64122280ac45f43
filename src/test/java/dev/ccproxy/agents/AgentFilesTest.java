package dev.ccproxy.agents;

import static org.assertj.core.api.Assertions.assertThat;

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
}
