package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.pricing.Cost;
import dev.ccproxy.pricing.CostLine;
import dev.ccproxy.pricing.Price;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an exchange cost, with its arithmetic. */
public record CostForm(
        @JsonPropertyDescription("The sum of the lines; 0 where nothing is priced.")
        BigDecimal usd,

        Certainty certainty,

        @JsonPropertyDescription("Why it is no exact figure; empty where it is.")
        List<String> why,

        List<Line> lines,

        @JsonPropertyDescription("The line of the price list that was used.") @Nullable
        PriceSource price) {

    /** One line: quantity / per * rate * factor = usd. */
    public record Line(
            String what,
            long quantity,

            @JsonPropertyDescription("How many the rate is for.")
            long per,

            @JsonPropertyDescription("USD.") BigDecimal rate,

            @JsonPropertyDescription("Of service tier and geography.")
            BigDecimal factor,

            BigDecimal usd,

            @JsonPropertyDescription("Where another than the plain rate holds.") @Nullable
            String note) {

        static Line of(CostLine line) {
            return new Line(
                    line.what(),
                    line.quantity(),
                    line.per(),
                    line.rate(),
                    line.factor(),
                    line.usd(),
                    line.note().isEmpty() ? null : line.note());
        }
    }

    /** Where the rates come from. */
    public record PriceSource(
            @JsonPropertyDescription("Beginning of the model ids that it holds for.")
            String model,

            @JsonPropertyDescription("First day (UTC) on which it holds.") @Nullable
            String from,

            String source,

            @JsonPropertyDescription("Day on which it was read there; absent for a price that was configured.")
            @Nullable
            String read) {

        static PriceSource of(Price price) {
            LocalDate from = price.from();
            LocalDate read = price.read();
            return new PriceSource(
                    price.model(),
                    from == null ? null : from.toString(),
                    price.source(),
                    read == null ? null : read.toString());
        }
    }

    public static CostForm of(Cost cost) {
        Price price = cost.price();
        return new CostForm(
                cost.usd(),
                cost.certainty(),
                cost.why(),
                cost.lines().stream().map(Line::of).toList(),
                price == null ? null : PriceSource.of(price));
    }
}
