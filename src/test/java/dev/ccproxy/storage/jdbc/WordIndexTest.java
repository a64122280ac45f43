package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.config.RetentionSettings;
import dev.ccproxy.config.SearchIndex;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.SearchHit;
import dev.ccproxy.storage.SearchPage;
import dev.ccproxy.testing.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the word index a search finds what a scan finds, and the index follows what is recorded and deleted. */
class WordIndexTest {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String[] VOCABULARY = {
        "harbour",
        "Harbours",
        "door",
        "no such file",
        "build_dir",
        "ENOENT",
        "x1",
        "größe",
        "line\\nbreak",
        "\\\\nescape",
        "it's"
    };

    @TempDir
    Path folder;

    private @Nullable SqliteStore store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private SqliteStore open(SearchIndex index) {
        close();
        SqliteStore opened = SqliteStore.open(
                folder.resolve("requests.db"), new MemoryBudget(64 << 20), RetentionSettings.NONE, index);
        store = opened;
        return opened;
    }

    @Test
    void bothFindTheSame() throws Exception {
        long seed = Long.getLong("ccproxy.seed", System.nanoTime());
        List<String> queries = List.of(
                "harbour",
                "door harbour",
                "\"no such file\"",
                "\"such fi\"",
                "build_dir -door",
                "enoent",
                "x1",
                "größe",
                "line",
                "break",
                "escape",
                "nescape",
                "it's",
                "\"{\"",
                "nothing_like_it",
                "text model:haiku",
                "harbour model:opus");
        SqliteStore scanned = open(SearchIndex.OFF);
        converse(scanned, new Random(seed), 40);
        List<List<String>> found = new ArrayList<>();
        for (String query : queries) {
            found.add(all(scanned, query, 3));
        }

        SqliteStore indexed = open(SearchIndex.WORDS);
        awaitIndex();
        for (int i = 0; i < queries.size(); i++) {
            assertThat(all(indexed, queries.get(i), 3))
                    .as("seed %d, %s", seed, queries.get(i))
                    .isEqualTo(found.get(i));
        }
    }

    @Test
    void whatIsRecordedLaterIsFoundAndWhatIsDeletedIsGoneFromTheBytes() throws Exception {
        SqliteStore indexed = open(SearchIndex.WORDS);
        ExchangeId kept = write(indexed, "keep", "A zeppelin over the lake.", "Beautiful.");
        ExchangeId gone = write(indexed, "drop", "The password is quagmirexyz.", "I will not repeat quagmirexyz.");
        awaitIndex();
        assertThat(all(indexed, "quagmirexyz", 10)).hasSize(2);
        assertThat(isOnDisk("quagmirexyz")).isTrue();

        assertThat(indexed.writer().delete(gone)).isTrue();

        assertThat(all(indexed, "quagmirexyz", 10)).isEmpty();
        assertThat(all(indexed, "zeppelin", 10)).containsExactly(kept + " REQUEST");
        assertThat(isOnDisk("quagmirexyz")).isFalse();
        write(indexed, "keep", "A zeppelin over the lake.", "Now it is gone, quagmirexyz too.");
        awaitIndex();
        assertThat(all(indexed, "quagmirexyz", 10)).hasSize(1);
    }

    /** What the index costs: a scan finds a text inside of a word, too. */
    @Test
    void aTextIsFoundFromTheBeginningOfAWordOn() throws Exception {
        SqliteStore indexed = open(SearchIndex.WORDS);
        write(indexed, "s", "A zeppelin over the lake.", "Beautiful.");
        awaitIndex();

        assertThat(all(indexed, "zepp", 10)).hasSize(1);
        assertThat(all(indexed, "\"zeppelin over the la\"", 10)).hasSize(1);
        assertThat(all(indexed, "\"ppelin over\"", 10)).isEmpty();
        assertThat(all(open(SearchIndex.OFF), "\"ppelin over\"", 10)).hasSize(1);
    }

    @Test
    void switchedOffItIsRemoved() throws Exception {
        write(open(SearchIndex.WORDS), "s", "A zeppelin over the lake.", "Beautiful.");
        awaitIndex();

        SqliteStore scanned = open(SearchIndex.OFF);

        assertThat(number("SELECT count(*) FROM sqlite_master WHERE name LIKE '%word%'"))
                .isZero();
        assertThat(all(scanned, "zeppelin", 10)).hasSize(1);
    }

    private static void converse(SqliteStore to, Random random, int turns) throws InterruptedException {
        for (int session = 0; session < 3; session++) {
            StringBuilder messages = new StringBuilder();
            for (int turn = 0; turn < turns / 3; turn++) {
                messages.append(turn == 0 ? "" : ",").append(message(random));
                SampleExchange sample = new SampleExchange(
                        Instant.now(), random.nextBoolean() ? "claude-opus-5-5" : "claude-haiku-5-5", "s" + session);
                sample.writeAll(
                        to.writer(),
                        Bytes.utf8("{\"messages\":[" + messages + "]}"),
                        Bytes.utf8(
                                "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                                        + "\"text\":\"" + words(random) + "\"}}\n\n"));
            }
        }
        assertThat(to.writer().flush(BOUND)).isTrue();
    }

    private static String message(Random random) {
        return "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + words(random) + "\"}]}";
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            words.append(VOCABULARY[random.nextInt(VOCABULARY.length)]).append(random.nextBoolean() ? " " : ", ");
        }
        return words.toString();
    }

    private static ExchangeId write(SqliteStore to, String session, String asked, String answered) throws Exception {
        SampleExchange sample = new SampleExchange(Instant.now(), "claude-opus-5-5", session);
        sample.writeAll(
                to.writer(),
                Bytes.utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"" + asked + "\"}]}"),
                Bytes.utf8("{\"content\":\"" + answered + "\"}"));
        assertThat(to.writer().flush(BOUND)).isTrue();
        return sample.id();
    }

    private static List<String> all(SqliteStore in, String text, int limit) throws InterruptedException {
        List<String> hits = new ArrayList<>();
        String cursor = null;
        do {
            SearchPage page = in.search().search(query(text), limit, cursor);
            for (SearchHit hit : page.hits()) {
                hits.add(hit.exchange().id() + " " + hit.side());
            }
            cursor = page.next();
        } while (cursor != null);
        return hits;
    }

    private static Query query(String text) {
        if (Query.parse(text, new Moment(Instant.now(), ZoneOffset.UTC)) instanceof Parsed.Understood(Query query)) {
            return query;
        }
        throw new AssertionError(text);
    }

    private void awaitIndex() {
        Patience.untilPasses(
                () -> assertThat(number("SELECT count(*) FROM word_queue")).isZero());
    }

    private long number(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("requests.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Whether the word stands anywhere in the database, its log included; the index holds words as they are. */
    private boolean isOnDisk(String word) throws Exception {
        for (String suffix : List.of("", "-wal")) {
            Path part = folder.resolve("requests.db" + suffix);
            if (Files.exists(part)
                    && new String(Files.readAllBytes(part), StandardCharsets.ISO_8859_1).contains(word)) {
                return true;
            }
        }
        return false;
    }
}
