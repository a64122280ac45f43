package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.segment.SampleConversation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disk use follows what a turn adds, though each turn sends everything again. */
class GrowthTest {

    @TempDir
    Path folder;

    @Test
    void twiceAsManyTurnsTakeTwiceAsMuch() throws Exception {
        Path file = folder.resolve("requests.db");
        SampleConversation conversation = new SampleConversation(11);
        long sent = 0;
        long[] sizes = new long[5];
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(256 << 20))) {
            for (int turn = 1; turn <= 400; turn++) {
                Bytes body = conversation.next();
                sent += body.length();
                SampleExchange.now().writeAll(store.writer(), body, Bytes.utf8("answer " + turn));
                // Small commits, as in real use: a backlog is compressed less, and then chance would decide the size.
                if (turn % 4 == 0) {
                    assertThat(store.writer().flush(Duration.ofSeconds(30))).isTrue();
                }
                if (turn % 100 == 0) {
                    sizes[turn / 100] = size(file);
                }
            }
        }
        long second = sizes[2] - sizes[1];
        long thirdAndFourth = sizes[4] - sizes[2];
        assertThat((double) thirdAndFourth / second).isLessThan(2.3);
        assertThat(sizes[4]).isLessThan(sent / 100);
    }

    /** What is in the pages: so few are added that one more or less, begun by chance, would decide. */
    private static long size(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(payload) FROM dbstat")) {
            row.next();
            return row.getLong(1);
        }
    }
}
