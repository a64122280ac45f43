package dev.ccproxy.api;

import dev.ccproxy.api.form.RawJson;
import dev.ccproxy.http.Bytes;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Recorded JSON for an answer: copied token by token, so numbers, doubled names and unknown members stay as they were,
 * and what is not well-formed never gets into an answer of ours.
 */
final class RecordedJson {

    /** Longer texts are replaced where the reader asked for a bounded view. */
    static final int LONGEST_TEXT_BYTES = 64 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(StoredBytes.LIMIT)
                    .maxNumberLength(100_000)
                    .build())
            // Half of a surrogate pair is no character of UTF-8: written as an escape it stays what was recorded.
            .highestNonEscapedChar(0xD7FF)
            .build();

    private RecordedJson() {}

    /** All of it; empty when the bytes are not one JSON value. */
    static Optional<RawJson> whole(Bytes body) {
        return copy(body, new Copy(Integer.MAX_VALUE, ""));
    }

    /** With a note and {@code href} in place of every text over {@link #LONGEST_TEXT_BYTES}. */
    static Optional<RawJson> bounded(Bytes body, String href) {
        return copy(body, new Copy(LONGEST_TEXT_BYTES, href));
    }

    private static Optional<RawJson> copy(Bytes body, Copy copy) {
        StringWriter text = new StringWriter(body.length());
        try (JsonParser parser = FACTORY.createParser(
                        tools.jackson.core.ObjectReadContext.empty(), body.array(), body.arrayOffset(), body.length());
                JsonGenerator generator =
                        FACTORY.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            copy.value(parser, generator);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
        return Optional.of(new RawJson(text.toString()));
    }

    private record Copy(int longestTextBytes, String href) {

        void value(JsonParser parser, JsonGenerator generator) {
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_STRING) {
                    text(parser, generator);
                } else {
                    generator.copyCurrentEventExact(parser);
                }
            } while (depth > 0 && parser.nextToken() != null);
        }

        private void text(JsonParser parser, JsonGenerator generator) {
            if (parser.getStringLength() * 4L > longestTextBytes) {
                String text = parser.getString();
                int bytes = text.getBytes(StandardCharsets.UTF_8).length;
                if (bytes > longestTextBytes) {
                    truncated(generator, bytes);
                    return;
                }
            }
            generator.copyCurrentEventExact(parser);
        }

        private void truncated(JsonGenerator generator, int bytes) {
            generator.writeStartObject();
            generator.writeBooleanProperty("truncated", true);
            generator.writeNumberProperty("bytes", bytes);
            generator.writeStringProperty("href", href);
            generator.writeEndObject();
        }
    }
}
