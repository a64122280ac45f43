package dev.ccproxy.insight;

import static dev.ccproxy.insight.Conversations.CALL;
import static dev.ccproxy.insight.Conversations.FIRST;
import static dev.ccproxy.insight.Conversations.JSON;
import static dev.ccproxy.insight.Conversations.RESULT;
import static dev.ccproxy.insight.Conversations.SYSTEM;
import static dev.ccproxy.insight.Conversations.TOOLS;
import static dev.ccproxy.insight.Conversations.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PromptTest {

    @Test
    void partsComeInTheOrderOfTheCache() {
        assertThat(prompt(TOOLS, SYSTEM, FIRST, CALL, RESULT).parts().stream()
                        .map(part -> part.kind() + " " + part.path() + " " + part.label()))
                .containsExactly(
                        "TOOLS tools[0] Bash",
                        "TOOLS tools[1] Read",
                        "MCP tools[2] mcp__db__query",
                        "SYSTEM system[0] attribution",
                        "SYSTEM system[1] You help.",
                        "MEMORY messages[0].content[0] /p/CLAUDE.md",
                        "USER messages[0].content[1] Look at a.txt",
                        "THINKING messages[1].content[0] thinking",
                        "TOOLCALL messages[1].content[1] Read",
                        "RESULT messages[2].content[0] Read");
    }

    @Test
    void imagesInAResultAreCountedAsImages() {
        Prompt prompt = prompt("[]", "\"s\"", CALL, """
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[
                  {"type":"image","source":{"type":"base64","data":"%s"}},{"type":"text","text":"a picture"}]}]}""".formatted("A".repeat(100_000)));
        PromptPart result = prompt.parts().get(3);
        PromptPart image = prompt.parts().get(4);
        assertThat(result.kind()).isEqualTo(PartKind.RESULT);
        assertThat(result.estimatedTokens()).isLessThan(100);
        assertThat(image.kind()).isEqualTo(PartKind.IMAGE);
        assertThat(image.path()).isEqualTo("messages[1].content[0].content[0]");
        assertThat(image.estimatedTokens()).isLessThan(2_000);
    }

    @Test
    void blocksOfUnknownKindsAreKept() {
        Prompt prompt = prompt("[]", "\"s\"", """
                {"role":"user","content":[{"type":"hologram","x":1},"bare",{"no":"type"}]}""");
        assertThat(prompt.parts().stream().map(PromptPart::label))
                .containsExactly("s", "hologram", "block without type", "block without type");
    }

    @Test
    void whatIsNoRequestHasNoParts() {
        assertThat(Prompt.of(JSON, Bytes.utf8("[1]"))).isEmpty();
        assertThat(Prompt.of(JSON, Bytes.utf8("{"))).isEmpty();
        assertThat(prompt("{\"messages\":7,\"tools\":{\"a\":1},\"system\":null}")
                        .parts())
                .hasSize(1);
    }

    @Test
    void everyBodyOfTheRecordedRequestsIsUnderstood() throws IOException {
        Path folder = Corpora.require("anthropic-json");
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Prompt.of(JSON, Bytes.wrap(Files.readAllBytes(file)))
                        .ifPresent(prompt -> ContextBreakdown.of(prompt, null));
            }
        }
    }
}
