package dev.ccproxy.translate;

import tools.jackson.databind.JsonNode;

/** What the answer's text has to be. */
sealed interface AnswerFormat {

    /** Anything. */
    record Free() implements AnswerFormat {}

    /** Some JSON object. */
    record AnyObject() implements AnswerFormat {}

    /** JSON of that schema. */
    record OfSchema(JsonNode schema) implements AnswerFormat {}
}
