package dev.ccproxy.api.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** How our records become JSON: names as in the record, absent where null, enum constants as their lower-case words. */
public final class JsonForm {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private JsonForm() {}

    /** On one line. */
    public static Bytes bytes(Object value) {
        return Bytes.wrap(MAPPER.writeValueAsBytes(value));
    }

    public static Answer answer(int status, Object value) {
        return answer(status, "application/json", value);
    }

    static Answer answer(int status, String contentType, Object value) {
        return new Answer.Full(status, Headers.of("Content-Type", contentType), bytes(value));
    }
}
