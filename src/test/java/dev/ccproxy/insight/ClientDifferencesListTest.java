package dev.ccproxy.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientDifferencesListTest {

    private static ClientDifferences release(String version) {
        return new ClientDifferences("claude-cli", version, "2026-11-24", "", List.of());
    }

    private static String nearest(String version) {
        List<ClientDifferences> all = List.of(release("2.1.330"), release("2.0.9"), release("2.1.4"));
        return ClientDifferences.of(all, "claude-cli", version).orElseThrow().version();
    }

    @Test
    void aReleaseThatIsNotListedHasWhatTheOneBeforeItHas() {
        assertThat(nearest("2.1.330")).isEqualTo("2.1.330");
        assertThat(nearest("2.1.331")).isEqualTo("2.1.330");
        assertThat(nearest("2.1.99")).isEqualTo("2.1.4");
        assertThat(nearest("2.0.10")).isEqualTo("2.0.9");
        assertThat(nearest("1.0.0")).isEqualTo("2.0.9");
        assertThat(nearest("nightly")).isEqualTo("2.0.9");
        assertThat(ClientDifferences.of(List.of(release("1.0")), "other", "1.0"))
                .isEmpty();
    }

    @Test
    void everyEntryOfTheListIsWhole() {
        for (ClientDifferences release : ClientDifferences.all(new Json())) {
            assertThat(release.read()).matches("\\d{4}-\\d\\d-\\d\\d");
            assertThat(release.how()).isNotBlank();
            assertThat(release.differences()).isNotEmpty().allSatisfy(each -> {
                assertThat(List.of(each.name(), each.when(), each.what(), each.cost(), each.back()))
                        .as(each.name())
                        .noneMatch(String::isBlank);
                assertThat(each.kind()).isNotNull();
            });
        }
    }
}
