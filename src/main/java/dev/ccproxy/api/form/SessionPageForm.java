package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.SessionPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of sessions, the latest active first. */
public record SessionPageForm(
        List<SessionRowForm> items,

        @JsonPropertyDescription("Cursor of the next page; absent on the last.") @Nullable
        String next,

        boolean more) {

    public static SessionPageForm of(SessionPage page) {
        return new SessionPageForm(
                page.items().stream().map(SessionRowForm::of).toList(), page.next(), page.next() != null);
    }
}
