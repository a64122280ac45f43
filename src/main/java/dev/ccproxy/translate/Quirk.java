package dev.ccproxy.translate;

import java.util.Locale;

/** A difference between a provider and the API whose format it speaks. */
public enum Quirk {
    MAX_TOKENS("limits answers with `max_tokens`; it does not know `max_completion_tokens`"),
    PLAIN_TEXT("takes text as one string; it refuses a list of parts where there is no image"),
    NO_EFFORT("refuses `reasoning_effort`, or offers models that do not reason"),
    NO_STREAM_USAGE("refuses `stream_options`"),
    NO_JSON_SCHEMA("knows no `json_schema` as response format, only `json_object`"),
    REASONING_BACK("wants its own `reasoning_content` back with each tool call");

    private final String sentence;

    Quirk(String sentence) {
        this.sentence = sentence;
    }

    /** How settings and commands call it, such as {@code max_tokens}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the provider does differently; the subject is the provider. */
    public String sentence() {
        return sentence;
    }
}
