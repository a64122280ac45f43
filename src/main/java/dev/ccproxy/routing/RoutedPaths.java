package dev.ccproxy.routing;

import java.util.Set;

/** The paths of the requests that rules decide about; what is asked of any other goes where it was sent. */
public final class RoutedPaths {

    public static final String MESSAGES = "/v1/messages";
    public static final String COUNT_TOKENS = "/v1/messages/count_tokens";
    public static final String CHAT = "/v1/chat/completions";
    public static final String RESPONSES = "/v1/responses";

    private static final Set<String> ALL = Set.of(MESSAGES, COUNT_TOKENS, CHAT, RESPONSES);

    private RoutedPaths() {}

    /** Whether rules decide about a {@code POST} to this path, which has no query. */
    public static boolean contains(String path) {
        return ALL.contains(path);
    }
}
