package dev.ccproxy.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextWindowTest {

    private final List<ContextWindow> windows = ContextWindow.all(new Json());

    private long window(String model) {
        return ContextWindow.of(windows, model).map(ContextWindow::tokens).orElse(0L);
    }

    @Test
    void aModelHasTheWindowOfTheLongestBeginningOfItsId() {
        assertThat(window("claude-opus-5-5")).isEqualTo(1_000_000);
        assertThat(window("claude-opus-5")).isEqualTo(1_000_000);
        assertThat(window("claude-haiku-4-5-20251001")).isEqualTo(200_000);
        assertThat(window("claude-opus-50")).isZero();
        assertThat(window("gpt-6")).isZero();
    }

    @Test
    void everyWindowNamesItsSourceAndTheDayItWasRead() {
        assertThat(windows).allSatisfy(each -> {
            assertThat(each.source()).isNotBlank();
            assertThat(each.read()).matches("\\d{4}-\\d\\d-\\d\\d");
        });
    }
}
