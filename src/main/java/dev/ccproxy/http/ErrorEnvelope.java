package dev.ccproxy.http;

import java.nio.charset.StandardCharsets;

/**
 * The error body of the Messages API, in which the proxy answers where it must answer itself:
 * {@code {"type":"error","error":{"type":"api_error","message":"..."}}}.
 */
public final class ErrorEnvelope {

    private ErrorEnvelope() {}

    /**
     * The envelope as UTF-8.
     *
     * @param type one of Anthropic's error types, such as {@code overloaded_error}
     * @param message one sentence for people
     */
    public static byte[] bytes(String type, String message) {
        StringBuilder json = new StringBuilder("{\"type\":\"error\",\"error\":{\"type\":\"");
        json.append(type).append("\",\"message\":\"");
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append("\"}}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
