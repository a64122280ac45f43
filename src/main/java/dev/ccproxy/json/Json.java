package dev.ccproxy.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ccproxy.http.Bytes;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/**
 * Reads and writes JSON as this program wants it: numbers keep their exact value ({@code 1.10}, integers of any length),
 * unknown members are passed over, where a name is repeated the last member counts; {@link java.time.Instant} is epoch
 * milliseconds, {@link java.time.Duration} is milliseconds, an enum constant is its name in lower case
 * ({@code client_left}); members of records stand in their order and are left out where they are null or empty
 * {@link Optional}s; a null inside a tree is kept.
 *
 * <p>Payloads of clients and upstreams are never written back through here: their bytes are the truth. Safe for all
 * threads; one per program is enough.
 */
public final class Json {

    /** Text in which one JSON string is longer than the recorder keeps of a body is not met; this bounds the rest. */
    private static final int MAX_STRING_CHARS = 1 << 30;

    /** Trees are walked by recursion in places; deeper ones are no JSON to us. */
    private static final int MAX_DEPTH = 1_000;

    private static final int MAX_NUMBER_CHARS = 100_000;
    private static final int MAX_NAME_CHARS = 1 << 20;

    private final JsonMapper mapper;

    /** @param forms types that are written and read as one string, such as ids */
    public Json(TextForm<?>... forms) {
        JsonMapper.Builder builder = JsonMapper.builder(factory())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT));
        for (TextForm<?> form : forms) {
            builder.addModule(form.module());
        }
        mapper = builder.build();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_STRING_CHARS)
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .maxNameLength(MAX_NAME_CHARS)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH + 100)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    /** The text as a tree; empty when it is no JSON. */
    public Optional<JsonNode> tree(Bytes text) {
        try {
            JsonNode tree = mapper.readTree(text.array(), text.arrayOffset(), text.length());
            return Optional.of(tree).filter(node -> !node.isMissingNode());
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** The text as a tree; empty when it is no JSON. */
    public Optional<JsonNode> tree(String text) {
        return tree(Bytes.utf8(text));
    }

    /** The text as a value of that type; empty when it is no JSON or of another shape. */
    public <T> Optional<T> read(Bytes text, Class<T> type) {
        try {
            return Optional.ofNullable(
                    mapper.readerFor(type).readValue(text.array(), text.arrayOffset(), text.length()));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** A value, a record or a tree, as compact JSON in UTF-8. */
    public Bytes write(Object value) {
        return Bytes.wrap(mapper.writeValueAsBytes(value));
    }

    /** A value, a record or a tree, as compact JSON. */
    public String text(Object value) {
        return mapper.writeValueAsString(value);
    }

    /**
     * A tree as compact JSON in UTF-8, for texts of others that must arrive as they came: half of a surrogate pair, which
     * UTF-8 cannot carry and which a text cut in the middle of a character ends with, stays the escape that JSON has for
     * it.
     */
    public Bytes exact(JsonNode tree) {
        return Bytes.utf8(JsonText.withEscapedHalves(text(tree)));
    }

    /** A value that stands in a tree and is written as it stands here; {@code text} is JSON. */
    public static JsonNode verbatim(String text) {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(text));
    }

    /** A value as the tree it would be written as. */
    public JsonNode treeOf(Object value) {
        return mapper.valueToTree(value);
    }
}
