package dev.ccproxy.insight;

/** Where a request first differs from an earlier one, of what the prompt cache sees. */
public sealed interface Difference {

    /**
     * Here.
     *
     * @param path such as {@code messages[3].content[1]}
     * @param label what people call the part
     */
    record At(PartKind kind, String path, String label) implements Difference {}

    /** Nowhere: it only goes on. */
    record Nowhere() implements Difference {}

    /** One of them is not there to be compared. */
    record Unknown() implements Difference {}
}
