package dev.ccproxy.insight;

import static dev.ccproxy.insight.Conversations.CALL;
import static dev.ccproxy.insight.Conversations.FIRST;
import static dev.ccproxy.insight.Conversations.RESULT;
import static dev.ccproxy.insight.Conversations.SYSTEM;
import static dev.ccproxy.insight.Conversations.TOOLS;
import static dev.ccproxy.insight.Conversations.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.insight.PromptChanges.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptChangesTest {

    private final Prompt before = prompt(TOOLS, SYSTEM, FIRST);

    @Test
    void whatTheClientItselfMovesIsNoChange() {
        String moved = """
                {"role":"user","content":[
                  {"type":"text","text":"<system-reminder>\\nContents of /p/CLAUDE.md:\\nUse tabs.</system-reminder>"},
                  {"type":"text","text":"Look at a.txt\\n"}]}""";
        PromptChanges changes = PromptChanges.between(before, prompt(TOOLS, SYSTEM, moved, CALL, RESULT));
        assertThat(differences(changes))
                .containsExactly(
                        "ADDED messages[1].content[0]", "ADDED messages[1].content[1]", "ADDED messages[2].content[0]");
        assertThat(changes.firstBreak()).isNull();
    }

    @Test
    void aLoneTextIsTheSameAsStringAndAsBlock() {
        Prompt block = prompt("[]", "\"s\"", "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}");
        Prompt string = prompt("[]", "\"s\"", "{\"role\":\"user\",\"content\":\"hi\"}");
        assertThat(differences(PromptChanges.between(block, string))).isEmpty();
    }

    @Test
    void aToolThatCameBreaksThePrefix() {
        String more = TOOLS.replace("]", ",{\"name\":\"Web\"}]");
        PromptChanges changes = PromptChanges.between(before, prompt(more, SYSTEM, FIRST));
        assertThat(differences(changes)).containsExactly("ADDED tools[3]");
        assertThat(changes.firstBreak())
                .isNotNull()
                .satisfies(block -> assertThat(block.part().label()).isEqualTo("Web"));
    }

    @Test
    void aToolWithAnotherTextIsChangedNotReplaced() {
        PromptChanges changes =
                PromptChanges.between(before, prompt(TOOLS.replace("Runs a", "Runs one"), SYSTEM, FIRST));
        assertThat(differences(changes)).containsExactly("CHANGED tools[0]");
    }

    @Test
    void aToolThatWentIsRemoved() {
        PromptChanges changes = PromptChanges.between(
                before,
                prompt(
                        TOOLS.replace(
                                "{\"name\":\"Read\",\"description\":\"Reads a file\",\"input_schema\":{\"type\":\"object\"}},",
                                ""),
                        SYSTEM,
                        FIRST));
        assertThat(differences(changes)).containsExactly("REMOVED tools[1]");
    }

    @Test
    void everyPartOfBothIsThereOnce() {
        Prompt after = prompt(TOOLS, SYSTEM.replace("help", "assist"), CALL, RESULT, FIRST);
        PromptChanges changes = PromptChanges.between(before, after);
        assertThat(changes.blocks().stream().map(PromptChanges.Block::before).filter(part -> part != null))
                .containsExactlyInAnyOrderElementsOf(before.parts());
        assertThat(changes.blocks().stream().map(PromptChanges.Block::after).filter(part -> part != null))
                .containsExactlyInAnyOrderElementsOf(after.parts());
    }

    @Test
    void parametersAreComparedByName() {
        Prompt after = prompt("{\"model\":\"claude-haiku-4-5\",\"max_tokens\":100,\"stream\":true,\"messages\":[]}");
        assertThat(PromptChanges.between(before, after).parameters().stream()
                        .map(parameter -> parameter.name() + " " + parameter.before() + " " + parameter.after()))
                .containsExactly("model \"claude-opus-5\" \"claude-haiku-4-5\"", "stream null true");
    }

    private static List<String> differences(PromptChanges changes) {
        return changes.blocks().stream()
                .filter(block -> block.change() != Change.SAME)
                .map(block -> block.change() + " " + block.part().path())
                .toList();
    }
}
