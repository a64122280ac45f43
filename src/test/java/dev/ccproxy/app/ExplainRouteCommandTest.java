package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainRouteCommandTest {

    private static final String ROUTES = "[{name: no haiku, model: claude-haiku-*, refuse: Not here.},"
            + " {name: opus, model: claude-opus-*, to: gpt-4o, fallback: [claude-sonnet-5-5]}]";

    @TempDir
    private Path directory;

    private SqliteStore open() {
        return SqliteStore.open(directory.resolve("store.db"), new MemoryBudget(16 << 20));
    }

    private static String record(SqliteStore store) throws InterruptedException {
        SampleExchange sample = SampleExchange.now();
        sample.writeAll(store.writer(), Bytes.utf8("{}"), Bytes.utf8("{}"));
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
        return sample.id().toString();
    }

    @Test
    void theRuleThatDecidesIsToldConditionByConditionAlsoWhileTheProxyRuns() throws Exception {
        try (SqliteStore running = open()) {
            String id = record(running);
            CommandRun run = new CommandRun(directory);

            assertThat(run.of("--routes", ROUTES, "explain-route", id)).isEqualTo(ExitCodes.DONE);

            assertThat(run.output())
                    .contains("exchange  " + id)
                    .contains("recorded  it went where it was sent")
                    .contains("""
                            no       no haiku -> refused: Not here.
                              no       model: claude-haiku-* is asked for, it is claude-opus-5-5
                            """)
                    .contains("""
                            yes      opus -> openai/gpt-4o, then anthropic/claude-sonnet-5-5
                              yes      model: claude-opus-* is asked for, it is claude-opus-5-5
                            """)
                    .endsWith("\nThe first that matches decides: opus -> openai/gpt-4o, then"
                            + " anthropic/claude-sonnet-5-5\n");
        }
    }

    @Test
    void withoutRulesItSaysSo() throws Exception {
        try (SqliteStore running = open()) {
            CommandRun run = new CommandRun(directory);
            assertThat(run.of("explain-route", record(running))).isEqualTo(ExitCodes.DONE);
            assertThat(run.output())
                    .contains("There are no rules")
                    .endsWith("\nNo rule matches: it goes where it was sent.\n");
        }
    }

    @Test
    void anUnknownExchangeAndWhatIsNoIdFail() {
        open().close();
        CommandRun unknown = new CommandRun(directory);
        assertThat(unknown.of("explain-route", "019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(unknown.errors()).contains("no exchange 019a1f3c");

        CommandRun nonsense = new CommandRun(directory);
        assertThat(nonsense.of("explain-route", "nonsense")).isEqualTo(ExitCodes.WRONG_USE);
        assertThat(nonsense.errors()).contains("nonsense is no id");
    }
}
