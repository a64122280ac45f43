package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.ExchangePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of exchanges, newest first. */
public record ExchangePageForm(
        List<ExchangeSummaryForm> items,

        @JsonPropertyDescription("Cursor of the following page; absent on the last.") @Nullable
        String next,

        @JsonPropertyDescription("Whether there is a following page.")
        boolean more) {

    public static ExchangePageForm of(ExchangePage page) {
        List<ExchangeSummaryForm> items =
                page.items().stream().map(ExchangeSummaryForm::of).toList();
        return new ExchangePageForm(items, page.next(), page.next() != null);
    }
}
