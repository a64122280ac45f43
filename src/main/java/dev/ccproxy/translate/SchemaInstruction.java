package dev.ccproxy.translate;

/** Words for what a provider has no member for. */
final class SchemaInstruction {

    static final String ANY_OBJECT = "Answer with one JSON object and nothing else.";

    private SchemaInstruction() {}

    static String of(String schema) {
        return "Answer with one JSON object of this JSON schema and nothing else:\n" + schema;
    }
}
