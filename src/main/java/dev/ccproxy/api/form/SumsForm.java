package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.Sums;
import java.math.BigDecimal;

/** What exchanges together used and cost. */
public record SumsForm(
        @JsonPropertyDescription("Exchanges.") long n,

        @JsonPropertyDescription("Of these, how many failed.")
        long errors,

        @JsonPropertyDescription("Input tokens neither read from nor written to the cache.")
        long input,

        @JsonPropertyDescription("Input tokens read from the cache.")
        long read,

        @JsonPropertyDescription("Input tokens written to the cache.")
        long write,

        @JsonPropertyDescription("Output tokens.") long out,

        MoneyForm cost,
        @JsonPropertyDescription("Cache breaks.") long breaks,

        @JsonPropertyDescription("USD that these cost more than reading.")
        BigDecimal lost,

        @JsonPropertyDescription("USD that reading from the cache cost less than plain input.")
        BigDecimal saved,

        @JsonPropertyDescription("USD paid in vain: lost to cache breaks, or all of a wasted exchange.")
        BigDecimal wasted) {

    public static SumsForm of(Sums sums) {
        return new SumsForm(
                sums.exchanges(),
                sums.failed(),
                sums.input(),
                sums.read(),
                sums.write(),
                sums.out(),
                MoneyForm.of(sums),
                sums.breaks(),
                Dollars.of(sums.lostNano()),
                Dollars.of(sums.savedNano()),
                Dollars.of(sums.wastedNano()));
    }
}
