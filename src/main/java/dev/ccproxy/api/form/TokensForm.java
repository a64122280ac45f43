package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.transcript.TokenSums;

/** Tokens of several answers of one model. */
public record TokensForm(
        @JsonPropertyDescription("The model that answered; empty where it is not said.")
        String model,

        @JsonPropertyDescription("How many answers.") long answers,
        long input,

        @JsonPropertyDescription("Read from the cache.") long read,

        @JsonPropertyDescription("Written to the cache for five minutes.")
        long write5m,

        @JsonPropertyDescription("Written to the cache for an hour.")
        long write1h,

        long out) {

    static TokensForm of(String model, TokenSums sums) {
        return new TokensForm(
                model,
                sums.answers(),
                sums.input(),
                sums.cacheRead(),
                sums.cacheWrite5m(),
                sums.cacheWrite1h(),
                sums.output());
    }
}
