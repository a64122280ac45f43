package dev.ccproxy.api.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Marks of an exchange, as far as they were changed. */
public record MarksForm(
        String id, @Nullable Boolean starred, @Nullable List<String> tags) {}
