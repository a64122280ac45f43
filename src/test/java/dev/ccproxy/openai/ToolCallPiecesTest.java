package dev.ccproxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolCallPiecesTest {

    private final Json json = new Json();

    /** Each piece as {@code call:arguments}, with an exclamation mark where a call begins. */
    private List<String> read(String... elements) {
        ToolCallPieces pieces = new ToolCallPieces();
        return Stream.of(elements)
                .map(element -> pieces.read(json.tree(element).orElseThrow()))
                .map(piece -> piece.call() + (piece.begins() ? "!" : "") + ":" + piece.arguments())
                .toList();
    }

    private static String piece(String members, String name, String arguments) {
        return "{%s\"function\":{%s\"arguments\":\"%s\"}}"
                .formatted(members, name.isEmpty() ? "" : "\"name\":\"" + name + "\",", arguments);
    }

    @Test
    void theIndexTellsInterleavedCallsApart() {
        assertThat(read(
                        piece("\"index\":0,\"id\":\"a\",", "f", "1"),
                        piece("\"index\":1,\"id\":\"b\",", "g", "2"),
                        piece("\"index\":0,", "", "3"),
                        piece("\"index\":1,", "", "4")))
                .containsExactly("0!:1", "1!:2", "0:3", "1:4");
    }

    @Test
    void withoutAnIndexTheIdTells() {
        assertThat(read(
                        piece("\"id\":\"a\",", "f", "1"),
                        piece("", "", "2"),
                        piece("\"id\":\"b\",", "g", "3"),
                        piece("\"id\":\"a\",", "", "4")))
                .containsExactly("0!:1", "0:2", "1!:3", "0:4");
    }

    @Test
    void theSameIndexWithAnotherIdAndNameIsAnotherCall() {
        assertThat(read(
                        piece("\"index\":0,\"id\":\"a\",", "f", "1"),
                        piece("\"index\":0,\"id\":\"b\",", "f", "2"),
                        piece("\"index\":0,", "", "3")))
                .containsExactly("0!:1", "1!:2", "1:3");
    }

    @Test
    void anEmptyIdIsNone() {
        ToolCallPiece first = new ToolCallPieces()
                .read(json.tree(piece("\"index\":0,\"id\":\"\",", "f", "{}")).orElseThrow());
        assertThat(first.id()).isNull();
        assertThat(read(piece("\"index\":0,\"id\":\"a\",", "f", "1"), piece("\"index\":0,\"id\":\"\",", "f", "2")))
                .containsExactly("0!:1", "0:2");
    }

    @Test
    void argumentsMayBeAnObject() {
        assertThat(read("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"n\":1}}}"))
                .containsExactly("0!:{\"n\":1}");
    }
}
