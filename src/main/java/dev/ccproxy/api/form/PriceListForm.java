package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.pricing.Price;
import dev.ccproxy.pricing.PriceList;
import dev.ccproxy.pricing.Rates;
import dev.ccproxy.pricing.Terms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prices by which costs are worked out: the built-in ones and those of the settings. */
public record PriceListForm(
        @JsonPropertyDescription("By model and first day; of a model the longest entry holds that its id begins with.")
        List<PriceForm> items,

        @JsonPropertyDescription("What each provider multiplies its prices with, and charges besides tokens.")
        List<TermsForm> terms) {

    /** One price. */
    public record PriceForm(
            @JsonPropertyDescription("How the ids of its models begin.")
            String model,

            String provider,

            @JsonPropertyDescription("First day (UTC) on which it holds; absent for always.") @Nullable
            String from,

            RatesForm rates,

            @JsonPropertyDescription("Rates that hold for all of a prompt that is longer.")
            List<BandForm> bands,

            @JsonPropertyDescription("Rates of the fast mode.") @Nullable
            RatesForm fast,

            @JsonPropertyDescription("Where it was read; configuration where the settings do not say.")
            String source,

            @JsonPropertyDescription("On which day; absent for prices of the settings.") @Nullable
            String read) {}

    /** USD per million tokens. */
    public record RatesForm(
            BigDecimal input,
            BigDecimal output,
            @Nullable BigDecimal read,
            @Nullable BigDecimal write5m,
            @Nullable BigDecimal write1h) {

        static RatesForm of(Rates rates) {
            return new RatesForm(
                    rates.input(), rates.output(), rates.cacheRead(), rates.cacheWrite5m(), rates.cacheWrite1h());
        }
    }

    /** Rates for long prompts. */
    public record BandForm(
            @JsonPropertyDescription("Tokens of the prompt, cached ones included.")
            long above,

            RatesForm rates) {}

    /** What a provider charges besides. */
    public record TermsForm(
            String provider,

            @JsonPropertyDescription("Factors by service tier.")
            Map<String, BigDecimal> serviceTiers,

            @JsonPropertyDescription("Factors by inference geography.")
            Map<String, BigDecimal> geographies,

            @JsonPropertyDescription("USD for a thousand web searches.") @Nullable
            BigDecimal webSearchPerThousand,

            String source,
            String read) {}

    public static PriceListForm of(PriceList list) {
        return new PriceListForm(
                list.prices().stream()
                        .sorted(Comparator.comparing(Price::model)
                                .thenComparing(price -> price.from() == null ? LocalDate.EPOCH : price.from()))
                        .map(PriceListForm::price)
                        .toList(),
                list.terms().stream().map(PriceListForm::terms).toList());
    }

    private static PriceForm price(Price price) {
        LocalDate from = price.from();
        LocalDate read = price.read();
        Rates fast = price.fast();
        return new PriceForm(
                price.model(),
                price.provider(),
                from == null ? null : from.toString(),
                RatesForm.of(price.rates()),
                price.bands().stream()
                        .map(band -> new BandForm(band.abovePromptTokens(), RatesForm.of(band.rates())))
                        .toList(),
                fast == null ? null : RatesForm.of(fast),
                price.source(),
                read == null ? null : read.toString());
    }

    private static TermsForm terms(Terms terms) {
        return new TermsForm(
                terms.provider(),
                terms.serviceTiers(),
                terms.geographies(),
                terms.webSearchPerThousand(),
                terms.source(),
                terms.read().toString());
    }
}
