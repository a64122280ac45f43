package dev.ccproxy.http;

/**
 * One method and path that the server answers by itself, such as {@code GET /api/exchanges/{id}}. A template segment in
 * braces matches one segment; a last segment {@code **} matches any rest.
 */
public record Endpoint(String method, String path, Access access, Handler handler) {

    /** Plain blocking code; called on a virtual thread of its own. What it throws becomes a 500 problem. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(Call call) throws Exception;
    }
}
