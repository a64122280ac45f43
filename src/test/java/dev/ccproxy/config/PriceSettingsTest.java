package dev.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceSettingsTest {

    @TempDir
    private Path directory;

    private LoadedSettings given(String yaml) {
        return new LoadedSettings(directory).yaml(yaml);
    }

    @Test
    void everyMemberOfAPriceIsRead() {
        assertThat(given("""
                        pricing:
                          - model: my-model
                            input: 4
                            output: 20
                          - model: my-model
                            above: 200000
                            input: 8
                            output: 30
                            cache_read: 0.4
                            cache_write_5m: 10
                            cache_write_1h: 16
                            provider: openai
                            source: "contract, page 3"
                          - {model: other, from: 2026-12-01, input: 1, output: 2}
                          - {model: other, from: 2026-12-01, speed: fast, input: 2, output: 4}
                        """).settings().pricing())
                .containsExactly(
                        price("my-model", Optional.empty(), Optional.empty(), false, "4", "20"),
                        new PriceSettings(
                                "my-model",
                                Optional.empty(),
                                Optional.of(200_000L),
                                false,
                                "openai",
                                new BigDecimal("8"),
                                new BigDecimal("30"),
                                Optional.of(new BigDecimal("0.4")),
                                Optional.of(new BigDecimal("10")),
                                Optional.of(new BigDecimal("16")),
                                "contract, page 3"),
                        price("other", Optional.of(LocalDate.of(2026, 12, 1)), Optional.empty(), false, "1", "2"),
                        price("other", Optional.of(LocalDate.of(2026, 12, 1)), Optional.empty(), true, "2", "4"));
    }

    private static PriceSettings price(
            String model, Optional<LocalDate> from, Optional<Long> above, boolean fast, String input, String output) {
        return new PriceSettings(
                model,
                from,
                above,
                fast,
                "anthropic",
                new BigDecimal(input),
                new BigDecimal(output),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "configuration");
    }

    @Test
    void aMistakeIsNamedWithItsLineAndWhatWouldBeRight() {
        assertThat(problemOf("- {model: m, input: 4}")).contains("price 1: needs model, input and output");
        assertThat(problemOf("- {model: m, input: 4, output: 1, cache_raed: 1}"))
                .contains("price 1: unknown key cache_raed; did you mean cache_read?");
        assertThat(problemOf("- {model: m, input: four, output: 1}"))
                .contains("price 1: input must be a number such as 0.25 (USD per million tokens), not four");
        assertThat(problemOf("- {model: m, input: -1, output: 1}")).contains("input must be from 0 to 1000000 USD");
        assertThat(problemOf("- {model: m, input: 1e-12, output: 1}")).contains("input must be from 0 to 1000000 USD");
        assertThat(problemOf("- {model: m, input: 1, output: 1}\n- {model: m, from: 1.12.2026, input: 1, output: 1}"))
                .contains("price 2: from must be a day such as 2026-12-01, not 1.12.2026");
        assertThat(problemOf("- {model: m, input: 1, output: 1, above: lots}"))
                .contains("above must be a number of prompt tokens such as 200000, not lots");
        assertThat(problemOf("- {model: m, input: 1, output: 1, speed: slow}"))
                .contains("speed must be fast, or be left out, not slow");
        assertThat(problemOf("- {model: m, above: 5, input: 1, output: 1}"))
                .contains("price 1: needs a price of m with the same from and neither above nor speed beside it");
        assertThat(problemOf("- {model: m, input: 1, output: 1}\n- {model: m, input: 2, output: 1}"))
                .contains("price 2: the same model, from, above and speed are there twice");
        assertThat(problemOf("- model")).contains("price 1: must be a mapping with model, input and output");
        assertThat(problemOf("- {model: [a], input: 1, output: 1}")).contains("price 1: model must be a text");
        assertThat(problemOf("{model: m}")).contains("must be a list of prices");
    }

    private String problemOf(String entries) {
        List<String> problems = given("pricing:\n" + entries.indent(2)).problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst()).startsWith("config.yaml:2");
        return problems.getFirst();
    }
}
