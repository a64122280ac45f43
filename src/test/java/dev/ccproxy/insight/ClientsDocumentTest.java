package dev.ccproxy.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/clients.md says what the list of the newest release says. */
class ClientsDocumentTest {

    @Test
    void everyDifferenceStandsInTheTable() throws Exception {
        String document = Files.readString(Path.of("docs/clients.md"));
        ClientDifferences newest = ClientDifferences.of(ClientDifferences.all(new Json()), "claude-cli", "999")
                .orElseThrow();
        assertThat(document).contains("Claude Code " + newest.version() + ", read on " + newest.read());
        for (ClientDifferences.Difference each : newest.differences()) {
            assertThat(document)
                    .contains("| %s `%s` | %s | %s | %s | `%s` |\n"
                            .formatted(
                                    each.kind().name().toLowerCase(java.util.Locale.ROOT),
                                    each.name(),
                                    each.when(),
                                    each.what(),
                                    each.cost(),
                                    each.back()));
        }
    }
}
