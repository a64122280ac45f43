package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.SdkClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The official client libraries accept translated streams, and see in them what was said. */
class SdkAccumulatorsTest {

    private final SdkClients clients = SdkClients.installed();
    private final Map<String, Gist> expected = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private void add(String name, Format client, String stream, Gist gist) {
        expected.put(name, gist);
        lines.add(JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("format", client.label())
                .put("stream", stream)
                .toString());
    }

    private void compare() throws IOException, InterruptedException {
        for (String line : clients.read(lines)) {
            JsonNode answer = Translations.tree(line);
            String name = answer.path("name").asString("");
            assertThat(answer.has("error")).as(line).isFalse();
            Format client = Format.labelled(name.split(" ", -1)[0]).orElseThrow();
            assertThat(Gist.ofAnswer(client, answer.path("message"))).as(name).isEqualTo(expected.remove(name));
        }
        assertThat(expected).isEmpty();
    }

    @Test
    void streamsForEveryFormatAreAccepted() throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            RandomChatStream stream = new RandomChatStream(new Random(seed));
            String messages = translated(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT, stream.stream());
            add("anthropic-messages " + seed, Format.ANTHROPIC_MESSAGES, messages, stream.gist());
            add(
                    "openai-chat " + seed,
                    Format.OPENAI_CHAT,
                    translated(Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES, messages),
                    stream.gist());
            add(
                    "openai-responses " + seed,
                    Format.OPENAI_RESPONSES,
                    translated(Format.OPENAI_RESPONSES, Format.OPENAI_CHAT, stream.stream()),
                    stream.gist());
        }
        compare();
    }

    @Test
    void recordedStreamsAreAccepted() throws Exception {
        int streams = 0;
        for (Format format : List.of(Format.OPENAI_CHAT, Format.OPENAI_RESPONSES)) {
            try (Stream<Path> files = Files.walk(Corpora.require(format.label() + "-sse"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".sse"))
                        .sorted()
                        .toList()) {
                    Translations.Streamed streamed = Translations.stream(
                            Translations.between(Format.ANTHROPIC_MESSAGES, format),
                            Files.readString(file, StandardCharsets.UTF_8));
                    if (streamed.state() == AnswerStream.State.COMPLETE) {
                        streams++;
                        add(
                                "anthropic-messages " + file.getFileName(),
                                Format.ANTHROPIC_MESSAGES,
                                streamed.text(),
                                Gist.ofStream(Format.ANTHROPIC_MESSAGES, streamed.text()));
                    }
                }
            }
        }
        compare();
        System.out.printf("recorded streams read by the client library: %d%n", streams);
        assertThat(streams).isGreaterThan(90);
    }

    private static String translated(Format client, Format provider, String stream) {
        return Translations.stream(Translations.between(client, provider), stream)
                .text();
    }
}
