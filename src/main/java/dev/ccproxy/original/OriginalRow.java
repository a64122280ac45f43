package dev.ccproxy.original;

import dev.ccproxy.http.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One row of the original's table {@code requests}, as it stands there.
 *
 * @param timestamp such as {@code 2025-11-28T13:03:29-08:00}
 * @param headers JSON object of lists
 * @param body the request as JSON, as the original wrote it anew
 * @param response JSON object with {@code statusCode}, {@code headers}, {@code body} and more; null where none came
 * @param originalModel the model the client asked for; empty or null where the original did not say
 */
record OriginalRow(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String createdAt,
        @Nullable String method,
        @Nullable String endpoint,
        @Nullable Bytes headers,
        @Nullable Bytes body,
        @Nullable Bytes response,
        @Nullable String originalModel) {}
