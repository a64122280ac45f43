package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.storage.Sums;
import java.math.BigDecimal;

/** What exchanges cost together: three sums that are never mixed. */
public record MoneyForm(
        @JsonPropertyDescription("USD, by listed rates.") BigDecimal exact,

        @JsonPropertyDescription("USD, by the nearest rates, or of answers that were cut off.")
        BigDecimal estimated,

        @JsonPropertyDescription("Exchanges that used tokens of no known price.")
        long unpriced) {

    static MoneyForm of(Sums sums) {
        return new MoneyForm(Dollars.of(sums.exactNano()), Dollars.of(sums.estimatedNano()), sums.unpriced());
    }
}
