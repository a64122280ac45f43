package dev.ccproxy.translate;

import java.util.Optional;

/**
 * The signature that thinking blocks of translated answers bear. The Messages API wants one on every thinking block, and
 * the client sends it back; by it we know our own blocks and take them out before Anthropic sees them. For providers that
 * can read their own thinking again it carries what they need for that.
 *
 * @param itemId id of the provider's reasoning item, empty where there is none
 * @param encrypted the item's encrypted content, empty where there is none
 */
record ThinkingSeal(String itemId, String encrypted) {

    private static final String MARK = "ccproxy.1.";

    /** Of thinking that no provider needs back. */
    static final ThinkingSeal PLAIN = new ThinkingSeal("", "");

    String signature() {
        return MARK + itemId + "." + encrypted;
    }

    /** Whether a thinking block with that signature came from a translated answer. */
    static boolean isOurs(String signature) {
        return signature.startsWith(MARK);
    }

    static Optional<ThinkingSeal> of(String signature) {
        int dot = signature.indexOf('.', MARK.length());
        return isOurs(signature) && dot >= 0
                ? Optional.of(new ThinkingSeal(signature.substring(MARK.length(), dot), signature.substring(dot + 1)))
                : Optional.empty();
    }
}
