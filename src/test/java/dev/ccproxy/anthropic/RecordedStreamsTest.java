package dev.ccproxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.sse.SseParser;
import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every recorded stream folds into the message that independent clients agree on, whatever the chunks. */
class RecordedStreamsTest {

    private static final int LIMIT = 16 << 20;

    private final Json json = new Json();

    @Test
    void everyStreamFoldsIntoTheMessageThatPeersAgreeOn() throws IOException {
        Random random = new Random(11);
        int compared = 0;
        for (Path stream : streams()) {
            Path expectedFile = beside(stream, ".expected.json");
            JsonNode meta = read(beside(stream, ".meta.json"));
            if (!Files.exists(expectedFile)
                    || meta.path("expected").path("agree").size() < 2) {
                continue;
            }
            compared++;
            JsonNode expected = withoutNulls(read(expectedFile));
            Splits.forEach(Bytes.wrap(Files.readAllBytes(stream)), random, chunks -> {
                FoldedMessage folded = fold(chunks);
                assertThat(withoutNulls(folded.message())).as(stream.toString()).isEqualTo(expected);
                assertThat(folded.complete()).as(stream.toString()).isTrue();
            });
        }
        assertThat(compared).isGreaterThan(150);
    }

    @Test
    void partialMessagesAreKeptWhereAStreamBreaksOff() throws IOException {
        int compared = 0;
        for (Path stream : streams()) {
            JsonNode meta = read(beside(stream, ".meta.json"));
            JsonNode partial = meta.path("expected_partial");
            if (partial.isMissingNode()) {
                continue;
            }
            compared++;
            FoldedMessage folded = fold(List.of(Bytes.wrap(Files.readAllBytes(stream))));
            assertThat(withoutNulls(folded.message())).as(stream.toString()).isEqualTo(withoutNulls(partial));
            assertThat(folded.complete()).as(stream.toString()).isFalse();
            assertThat(folded.error()).as(stream.toString()).isNotNull();
        }
        assertThat(compared).isPositive();
    }

    @Test
    void toolInputsKeepTheirTextOrTheirValue() throws IOException {
        int compared = 0;
        for (Path stream : streams()) {
            JsonNode texts = read(beside(stream, ".meta.json")).path("input_json_text");
            if (texts.isMissingNode()) {
                continue;
            }
            FoldedMessage folded = fold(List.of(Bytes.wrap(Files.readAllBytes(stream))));
            if (folded.message() == null
                    || folded.message().path("id").asString("").equals("msg_second")) {
                continue;
            }
            for (var entry : texts.properties()) {
                String text = entry.getValue().asString("");
                int block = Integer.parseInt(entry.getKey());
                compared += 1;
                if (!text.isEmpty()) {
                    assertThat(json.tree(text)
                                            .equals(json.tree(json.text(folded.message()
                                                    .path("content")
                                                    .path(block)
                                                    .path("input"))))
                                    || folded.cutInputs().contains(new FoldedMessage.CutInput(block, text)))
                            .as("%s %s %s", stream, entry.getKey(), folded)
                            .isTrue();
                }
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void factsAgreeWithTheFoldedMessage() throws IOException {
        Random random = new Random(12);
        for (Path stream : streams()) {
            Bytes bytes = Bytes.wrap(Files.readAllBytes(stream));
            FoldedMessage folded = fold(List.of(bytes));
            MessageFacts whole = MessageFacts.ofStream(bytes, LIMIT);
            Splits.forEach(bytes, random, chunks -> {
                MessageFactsReader reader = new MessageFactsReader();
                SseParser parser = new SseParser(LIMIT, reader);
                chunks.forEach(parser::feed);
                assertThat(reader.facts()).as(stream.toString()).isEqualTo(whole);
            });
            if (folded.message() != null) {
                compare(stream, folded.message(), whole);
            }
        }
    }

    private static void compare(Path stream, ObjectNode message, MessageFacts facts) {
        assertThat(facts.messageId())
                .as(stream.toString())
                .isEqualTo(message.path("id").asString(null));
        assertThat(facts.model())
                .as(stream.toString())
                .isEqualTo(message.path("model").asString(null));
        String stopReason = message.path("stop_reason").asString(null);
        assertThat(facts.stopReason()).as(stream.toString()).isEqualTo(stopReason);
        JsonNode usage = message.path("usage");
        assertThat(facts.usage()).as(stream.toString()).isNotNull();
        assertThat(facts.usage().output())
                .as(stream.toString())
                .isEqualTo(usage.path("output_tokens").asLong(0));
        assertThat(facts.usage().input())
                .as(stream.toString())
                .isEqualTo(usage.path("input_tokens").asLong(0));
        long tools = message.path("content")
                .valueStream()
                .filter(block -> block.path("type").asString("").endsWith("tool_use"))
                .count();
        assertThat(facts.toolCount()).as(stream.toString()).isEqualTo((int) tools);
    }

    @Test
    void factsOfWholeAnswersAreThoseOfTheMessage() throws IOException {
        int compared = 0;
        for (Path stream : streams()) {
            Path whole = beside(stream, ".nonstream.json");
            if (Files.exists(whole)) {
                JsonNode answer = read(whole);
                FoldedMessage folded = FoldedMessage.ofJson(answer);
                if (folded.message() != null) {
                    compared++;
                    compare(whole, folded.message(), MessageFacts.ofJson(Bytes.wrap(Files.readAllBytes(whole))));
                }
            }
        }
        assertThat(compared).isPositive();
    }

    private FoldedMessage fold(List<Bytes> chunks) {
        MessageFolder folder = new MessageFolder(json);
        SseParser parser = new SseParser(LIMIT, folder);
        chunks.forEach(parser::feed);
        return folder.folded();
    }

    private static List<Path> streams() throws IOException {
        try (Stream<Path> files = Files.walk(Corpora.require("anthropic-sse"))) {
            return files.filter(file -> file.toString().endsWith(".sse"))
                    .sorted()
                    .toList();
        }
    }

    private static Path beside(Path stream, String ending) {
        return stream.resolveSibling(stream.getFileName().toString().replaceFirst("\\.sse$", ending));
    }

    private JsonNode read(Path file) throws IOException {
        return json.tree(Bytes.wrap(Files.readAllBytes(file))).orElseThrow();
    }

    private static JsonNode withoutNulls(@Nullable JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                if (!member.getValue().isNull()) {
                    kept.set(member.getKey(), withoutNulls(member.getValue()));
                }
            });
            return kept;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> kept.add(withoutNulls(element)));
            return kept;
        }
        return node == null ? JsonNodeFactory.instance.nullNode() : node;
    }
}
