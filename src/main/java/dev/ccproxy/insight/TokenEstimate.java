package dev.ccproxy.insight;

/**
 * Guesses tokens from bytes. Nobody outside the provider can count them exactly; what is shown is scaled so that the parts
 * add up to the billed total, and only the proportions come from here.
 */
final class TokenEstimate {

    /** English prose and source code. */
    private static final double TEXT_BYTES_PER_TOKEN = 3.6;

    /** JSON schemas and arguments: more punctuation. */
    private static final double JSON_BYTES_PER_TOKEN = 3.1;

    /** Of an image of about a megapixel (width * height / 750); smaller ones cost less. */
    private static final int IMAGE_TOKENS = 1_500;

    private TokenEstimate() {}

    static int of(PartKind kind, int bytes) {
        return switch (kind) {
            case IMAGE -> IMAGE_TOKENS;
            case TOOLS, MCP, TOOLCALL -> (int) Math.ceil(bytes / JSON_BYTES_PER_TOKEN);
            case SYSTEM, MEMORY, SKILLS, REMINDER, USER, ASSISTANT, THINKING, RESULT, OTHER ->
                (int) Math.ceil(bytes / TEXT_BYTES_PER_TOKEN);
        };
    }
}
