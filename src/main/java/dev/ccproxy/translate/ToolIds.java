package dev.ccproxy.translate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Ids of tool calls. The Messages API takes only letters, digits, {@code _} and {@code -}; providers use others too, such
 * as {@code functions.Bash:0}. Such an id is packed, and unpacked when it comes back, so nothing has to be remembered.
 */
final class ToolIds {

    private static final String PACKED = "toolu_ccp_";

    private ToolIds() {}

    /** The id as the Messages API takes it. */
    static String forMessages(String id) {
        return isPlain(id) && !id.startsWith(PACKED) ? id : PACKED + encoded(id);
    }

    /** The id as the provider gave it, or as a client of the Messages API did. */
    static String unpacked(String id) {
        if (!id.startsWith(PACKED)) {
            return id;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id.substring(PACKED.length()));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return id;
        }
    }

    private static String encoded(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(String id) {
        return !id.isEmpty()
                && id.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '-');
    }
}
