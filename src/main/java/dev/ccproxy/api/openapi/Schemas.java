package dev.ccproxy.api.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12) of records, by the rules of {@link dev.ccproxy.api.route.JsonForm}: a component is required
 * unless it is {@code @Nullable}, and enum constants are their lower-case words. For one thread.
 */
final class Schemas {

    private static final String SUFFIX = "Form";

    static final String PLACE = "components/schemas";

    private final SchemaBuilder builder;

    /**
     * Starts with no schema.
     *
     * @param anyJson stands for JSON of whatever shape
     */
    Schemas(Class<?> anyJson) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .without(Option.SCHEMA_VERSION_INDICATOR, Option.FLATTENED_ENUMS)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.EXTRA_OPEN_API_FORMAT_VALUES);
        config.forFields()
                .withRequiredCheck(field -> !isNullable(field))
                .withPropertyNameOverrideResolver(Schemas::nameOnTheWire)
                .withDescriptionResolver(Schemas::description);
        config.forTypesInGeneral()
                .withPropertySorter((_, _) -> 0)
                .withDefinitionNamingStrategy(
                        (key, context) -> name(key.getType().getErasedType()))
                .withCustomDefinitionProvider((type, context) -> ownForm(type, context, anyJson));
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
        return described == null || field.isFakeContainerItemScope() ? null : described.value();
    }

    /** What the generator would write otherwise; null where it is right by itself. */
    private static @Nullable CustomDefinition ownForm(
            ResolvedType type, SchemaGenerationContext context, Class<?> anyJson) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        if (type.getErasedType() == anyJson) {
            return new CustomDefinition(schema, true);
        }
        if (type.getErasedType() == Map.class) {
            ResolvedType values = type.getTypeParameters().get(1);
            schema.put("type", "object").set("additionalProperties", context.createDefinition(values));
            return new CustomDefinition(schema, true);
        }
        Object[] constants = type.getErasedType().getEnumConstants();
        if (constants == null) {
            return null;
        }
        ArrayNode words = schema.put("type", "string").putArray("enum");
        for (Object constant : constants) {
            words.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
        }
        return new CustomDefinition(schema);
    }

    /** {@code LivezResponseForm.Recording} becomes {@code LivezResponseRecording}. */
    private static String name(Class<?> type) {
        String own = type.getSimpleName();
        String bare = own.endsWith(SUFFIX) ? own.substring(0, own.length() - SUFFIX.length()) : own;
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? bare : name(outer) + bare;
    }
}
