package dev.ccproxy.translate;

/** Which tools the model may or must call. */
sealed interface ToolChoice {

    /** As the model likes. */
    record Auto() implements ToolChoice {}

    /** At least one, whichever. */
    record Any() implements ToolChoice {}

    /** None. */
    record None() implements ToolChoice {}

    /** This one. */
    record Named(String name) implements ToolChoice {}
}
