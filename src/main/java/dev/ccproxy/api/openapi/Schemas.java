package dev.ccproxy.api.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12) of records, by the rules of {@link dev.ccproxy.api.route.JsonForm}: a component is required
 * unless it is {@code @Nullable}, and enum constants are their lower-case words. For one thread.
 */
final class Schemas {

    static final String PLACE = "components/schemas";

    private final SchemaBuilder builder;

    /**
     * Starts with no schema.
     *
     * @param isAnyJson which types stand for JSON of whatever shape
     */
    Schemas(Predicate<Class<?>> isAnyJson) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forFields()
                .withRequiredCheck(field -> !isNullable(field))
                .withPropertyNameOverrideResolver(Schemas::nameOnTheWire)
                .withDescriptionResolver(Schemas::description);
        config.forTypesInGeneral()
                .withEnumResolver(type -> words(type.getType().getErasedType()))
                .withDefinitionNamingStrategy(named())
                .withCustomDefinitionProvider((type, context) -> isAnyJson.test(type.getErasedType())
                        ? new com.github.victools.jsonschema.generator.CustomDefinition(
                                context.getGeneratorConfig().createObjectNode(), true)
                        : null);
        this.builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /** A reference to the type's schema, which {@link #all} then contains. */
    ObjectNode referenceTo(Class<?> type) {
        return builder.createSchemaReference(type);
    }

    /** The schemas of all types referred to. */
    ObjectNode all() {
        return builder.collectDefinitions(PLACE);
    }

    private static boolean isNullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable String nameOnTheWire(FieldScope field) {
        JsonProperty named = field.getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? null : named.value();
    }

    private static @Nullable String description(FieldScope field) {
        JsonPropertyDescription described = field.getAnnotation(JsonPropertyDescription.class);
        return described == null ? null : described.value();
    }

    private static @Nullable List<?> words(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return constants == null
                ? null
                : Arrays.stream(constants)
                        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                        .toList();
    }

    private static SchemaDefinitionNamingStrategy named() {
        return (key, context) -> {
            String name = key.getType().getErasedType().getSimpleName();
            return name.endsWith("Form") ? name.substring(0, name.length() - "Form".length()) : name;
        };
    }
}
