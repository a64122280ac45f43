package dev.ccproxy.api.route;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;

/** How our records become JSON: names as in the record, absent where null, enum constants as their lower-case words. */
public final class JsonForm {

    private static final Json JSON = new Json();

    private JsonForm() {}

    /** On one line. */
    public static Bytes bytes(Object value) {
        return JSON.write(value);
    }

    public static Answer answer(int status, Object value) {
        return answer(status, "application/json", value);
    }

    static Answer answer(int status, String contentType, Object value) {
        return new Answer.Full(status, Headers.of("Content-Type", contentType), bytes(value));
    }
}
