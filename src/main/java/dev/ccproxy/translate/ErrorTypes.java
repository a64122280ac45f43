package dev.ccproxy.translate;

import org.jspecify.annotations.Nullable;

/** Anthropic's error types. */
final class ErrorTypes {

    private ErrorTypes() {}

    static String ofStatus(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    /** Of the type or code that an OpenAI-style server names inside of a stream. */
    static String named(@Nullable String type) {
        if (type == null) {
            return "api_error";
        }
        if (type.matches("[45]\\d\\d")) {
            return ofStatus(Integer.parseInt(type));
        }
        return switch (type) {
            case "invalid_request_error", "context_length_exceeded", "invalid_prompt" -> "invalid_request_error";
            case "authentication_error", "invalid_api_key" -> "authentication_error";
            case "rate_limit_error", "rate_limit_exceeded", "insufficient_quota" -> "rate_limit_error";
            case "overloaded_error", "server_overloaded", "engine_overloaded" -> "overloaded_error";
            default -> "api_error";
        };
    }
}
