package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Translators for tests, whose fresh ids are numbers. */
final class Translations {

    static final Json JSON = new Json();
    static final int MAX_EVENT_BYTES = 16 << 20;

    private Translations() {}

    static Translator between(Format client, Format provider, Quirk... quirks) {
        AtomicInteger ids = new AtomicInteger();
        Set<Quirk> set = EnumSet.noneOf(Quirk.class);
        set.addAll(List.of(quirks));
        return new Translator(
                JSON,
                client,
                provider,
                set,
                new Translator.Circumstances(() -> "fresh" + ids.incrementAndGet(), 1_700_000_000, MAX_EVENT_BYTES));
    }

    static JsonNode tree(String json) {
        return JSON.tree(json).orElseThrow(() -> new AssertionError("no JSON: " + json));
    }

    static JsonNode tree(Bytes json) {
        return tree(json.utf8());
    }

    static String request(Translator translator, String body) {
        return translator.request(Bytes.utf8(body)).orElseThrow().utf8();
    }

    static String answer(Translator translator, String body) {
        return translator.answer(Bytes.utf8(body)).orElseThrow().utf8();
    }

    /** What the client got, and how it ended. */
    record Streamed(Bytes bytes, AnswerStream.State state) {
        String text() {
            return bytes.utf8();
        }
    }

    static Streamed stream(Translator translator, List<Bytes> pieces) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        AnswerStream stream = translator.stream(event -> output.writeBytes(event.toByteArray()));
        pieces.forEach(stream::feed);
        AnswerStream.State state = stream.end();
        return new Streamed(Bytes.wrap(output.toByteArray()), state);
    }

    static Streamed stream(Translator translator, String text) {
        return stream(translator, List.of(Bytes.utf8(text)));
    }

    /** Events of a stream without names, such as those of Chat Completions. */
    static String events(String... data) {
        StringBuilder text = new StringBuilder();
        for (String one : data) {
            text.append("data: ").append(one).append("\n\n");
        }
        return text.toString();
    }
}
