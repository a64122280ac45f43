package dev.ccproxy.config;

import java.util.List;

/**
 * Which foreign web pages may use the API.
 *
 * @param allowedOrigins such as {@code https://tools.example.com}, as browsers write them
 */
public record CorsSettings(List<String> allowedOrigins) {

    public CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
