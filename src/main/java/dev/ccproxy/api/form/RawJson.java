package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** JSON that is passed on as it is, such as a recorded request; must be well-formed. */
public record RawJson(@JsonValue @JsonRawValue String text) {}
