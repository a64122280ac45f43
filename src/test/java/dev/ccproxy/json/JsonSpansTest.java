package dev.ccproxy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.http.Bytes;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonSpansTest {

    private final Json json = new Json();

    @Test
    void membersAreTheBytesOfTheirValues() {
        Bytes text = Bytes.utf8("{ \"model\" : \"x\" ,\"messages\":[ {} ],\"n\":-1.5e3\n}");
        Map<String, JsonSpan> members = JsonSpans.members(text).orElseThrow();
        assertThat(members.keySet()).containsExactly("model", "messages", "n");
        assertThat(value(text, members, "model")).isEqualTo("\"x\"");
        assertThat(value(text, members, "messages")).isEqualTo("[ {} ]");
        assertThat(value(text, members, "n")).isEqualTo("-1.5e3");
    }

    @Test
    void theLastOfARepeatedNameCounts() {
        Bytes text = Bytes.utf8("{\"model\":\"a\",\"model\":\"b\"}");
        assertThat(JsonSpans.find(text, "model").orElseThrow().of(text).utf8()).isEqualTo("\"b\"");
        assertThat(value(text, JsonSpans.members(text).orElseThrow(), "model")).isEqualTo("\"b\"");
    }

    @Test
    void pathsLeadThroughObjectsAndArrays() {
        Bytes text = Bytes.utf8("{\"system\":[{\"text\":\"one\"},{\"text\":\"two\"}]}");
        assertThat(JsonSpans.find(text, "system", 1, "text")
                        .orElseThrow()
                        .of(text)
                        .utf8())
                .isEqualTo("\"two\"");
        assertThat(JsonSpans.find(text, "system", 2, "text")).isEmpty();
        assertThat(JsonSpans.find(text, "system", "text")).isEmpty();
        assertThat(JsonSpans.find(text).orElseThrow().of(text)).isEqualTo(text);
    }

    @Test
    void replacingOneValueTouchesNoOtherByte() {
        Bytes text = Bytes.utf8("{ \"model\" :  \"a\" , \"x\":1.10}");
        JsonSpan model = JsonSpans.find(text, "model").orElseThrow();
        assertThat(JsonSpans.replace(text, model, Bytes.utf8("\"longer\"")).utf8())
                .isEqualTo("{ \"model\" :  \"longer\" , \"x\":1.10}");
    }

    @Test
    void aNewMemberComesBehindTheLast() {
        assertThat(inserted("{}")).isEqualTo("{\"n\":true}");
        assertThat(inserted("{ }")).isEqualTo("{\"n\":true }");
        assertThat(inserted("{\"a\":1\n}")).isEqualTo("{\"a\":1,\"n\":true\n}");
        assertThat(inserted(" {\"a\":{}} ")).isEqualTo(" {\"a\":{},\"n\":true} ");
        assertThatThrownBy(() -> inserted("[1]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spansAgreeWithTheTreeOfEveryGeneratedText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            ObjectNode tree = object(random, 0);
            Bytes text = Bytes.utf8(random.nextBoolean() ? tree.toString() : tree.toPrettyString());
            Map<String, JsonSpan> members = JsonSpans.members(text).orElseThrow();
            assertThat(members.keySet()).as("seed %d", seed).containsExactlyElementsOf(tree.propertyNames());
            members.forEach((name, span) -> assertThat(json.tree(span.of(text)))
                    .as("seed %d", seed)
                    .contains(json.tree(tree.get(name).toString()).orElseThrow()));
        }
    }

    private static String inserted(String text) {
        Bytes bytes = Bytes.utf8(text);
        return JsonSpans.insertMember(bytes, JsonSpans.find(bytes).orElseThrow(), "n", Bytes.utf8("true"))
                .utf8();
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            object.set(string(random), value(random, depth + 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> nodes.stringNode(string(random));
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4 -> object(random, depth);
            default -> array(random, depth);
        };
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    private static String value(Bytes text, Map<String, JsonSpan> members, String name) {
        return Objects.requireNonNull(members.get(name), name).of(text).utf8();
    }

    private static String string(Random random) {
        String alphabet = "ab\"\\{}[],:é😀\n 19";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(14);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
            text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
        }
        return text.toString();
    }
}
