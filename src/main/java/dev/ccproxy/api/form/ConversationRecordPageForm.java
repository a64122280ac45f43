package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some records of a session file, as Claude Code wrote them, in the order of the file. */
public record ConversationRecordPageForm(
        List<RecordForm> items,

        @JsonPropertyDescription("Cursor of the next page, now or when more was written.")
        String next,

        @JsonPropertyDescription("Whether there is a next page now.")
        boolean more) {

    /** One record. */
    public record RecordForm(
            @JsonPropertyDescription("Cursor of this record.")
            String at,

            @JsonPropertyDescription("The record; absent where its line is too long to be read.") @Nullable
            RawJson record) {}
}
