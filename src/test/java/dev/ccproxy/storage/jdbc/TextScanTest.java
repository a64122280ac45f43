package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.search.Place;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.SearchHit;
import dev.ccproxy.storage.SearchHit.Side;
import dev.ccproxy.storage.SearchPage;
import dev.ccproxy.storage.TextSearch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextScanTest {

    private static final Bytes NOTHING = Bytes.utf8("{}");

    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("requests.db"), new MemoryBudget(64 << 20));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTextIsFoundInTheRequestThatBroughtIt() throws Exception {
        SampleExchange first = write(body("Please open the Harbour door."), NOTHING);
        write(body("Please open the Harbour door.", "And now close it."), NOTHING);

        assertThat(search("harbour"))
                .containsExactly(new SearchHit(
                        summary(first),
                        Side.REQUEST,
                        List.of(new Place("messages[0].content[0].text", "Please open the Harbour door.", 16, 23))));
        assertThat(search("close"))
                .extracting(hit -> hit.places().getFirst().path())
                .containsExactly("messages[1].content[0].text");
    }

    @Test
    void aTextIsFoundInAnAnswerThoughItsPiecesAreTorn() throws Exception {
        SampleExchange sample = write(NOTHING, stream("Say \\\"h", "ello\\\" to the wo", "rld"));

        assertThat(search("\"\\\"Hello\\\" to the world\""))
                .containsExactly(new SearchHit(
                        summary(sample),
                        Side.RESPONSE,
                        List.of(new Place("content[0].text", "Say \"hello\" to the world", 4, 24))));
    }

    @Test
    void aTextIsFoundInAnAnswerThatIsNoStream() throws Exception {
        write(NOTHING, Bytes.utf8("{\"error\":{\"message\":\"Overloaded just now\"}}"));
        write(NOTHING, Bytes.utf8("<html>Overloaded gateway</html>"));

        assertThat(search("overloaded"))
                .extracting(hit -> hit.places().getFirst().path())
                .containsExactly("", "error.message");
    }

    @Test
    void allWordsMustStandInOneTextAndKeysNarrow() throws Exception {
        SampleExchange opus = write(body("red fish", "blue bird"), NOTHING);
        SampleExchange haiku = new SampleExchange(Instant.now(), "claude-haiku-5-5");
        haiku.writeAll(store.writer(), body("red bird"), stream("blue sky"));
        settle();

        assertThat(found("red blue")).containsExactly(opus.id());
        assertThat(found("red")).containsExactly(haiku.id(), opus.id());
        assertThat(found("red -fish")).containsExactly(haiku.id());
        assertThat(found("blue model:haiku")).containsExactly(haiku.id());
        assertThat(found("blue -model:haiku")).containsExactly(opus.id());
        assertThat(found("red model:sonnet")).isEmpty();
    }

    @Test
    void theNewestComeFirstAndPagesLoseNothing() throws Exception {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            SampleExchange sample = write(body("needle " + i), stream("a needle too " + i));
            written.addFirst(sample.id() + " REQUEST");
            written.addFirst(sample.id() + " RESPONSE");
        }
        for (int limit : new int[] {1, 2, 5, 24, 100}) {
            assertThat(all(store.search(), limit))
                    .as("limit %d", limit)
                    .hasSameElementsAs(written)
                    .hasSize(24);
        }
        assertThat(all(store.search(), 2).getFirst()).isEqualTo(written.get(1));
    }

    @Test
    void aSearchWhoseTimeIsOverGoesOnWhereItStopped() throws Exception {
        SampleExchange first = write(body("the needle"), NOTHING);
        for (int i = 0; i < 20; i++) {
            write(body("hay " + i), stream("more hay " + i));
        }
        try (ReadConnections connections =
                new ReadConnections(new DatabaseFile(folder.resolve("requests.db"), new SqliteDialect()))) {
            Dictionaries dictionaries = new Dictionaries(connections);
            TextScan impatient = new TextScan(
                    new Recorded(
                            connections,
                            new SqliteDialect(),
                            dictionaries,
                            new PackCache(connections, dictionaries),
                            false),
                    Duration.ofNanos(-1));
            int pages = 0;
            List<ExchangeId> seen = new ArrayList<>();
            String cursor = null;
            do {
                SearchPage page = impatient.search(query("needle"), 10, cursor);
                page.hits().forEach(hit -> seen.add(hit.exchange().id()));
                cursor = page.next();
                pages++;
            } while (cursor != null);
            assertThat(seen).containsExactly(first.id());
            assertThat(pages).isGreaterThan(20);
            dictionaries.close();
        }
    }

    @Test
    void whatIsDeletedIsNotFound() throws Exception {
        write(body("a secret word"), stream("the secret answer"));
        assertThat(search("secret")).hasSize(2);

        store.writer().deleteAll();

        assertThat(search("secret")).isEmpty();
    }

    @Test
    void aSharedTextIsFoundWhereItIsStillKept() throws Exception {
        write(body("a long lost secret word"), NOTHING);
        SampleExchange running = SampleExchange.now();
        store.writer().write(running.begun());
        store.writer().write(running.request(body("a long lost secret word", "and another")));
        settle();

        store.writer().deleteAll();

        assertThat(search("secret")).singleElement().satisfies(hit -> {
            assertThat(hit.exchange().id()).isEqualTo(running.id());
            assertThat(hit.places().getFirst().path()).isEqualTo("messages[0].content[0].text");
        });
    }

    @Test
    void aDamagedRecordIsPassedOver() throws Exception {
        SampleExchange first = write(body("first needle"), NOTHING);
        write(body("second needle"), NOTHING);
        SampleExchange third = write(body("third needle"), NOTHING);
        execute("UPDATE pack SET data = substr(data, 1, length(data) - 8) WHERE id ="
                + " (SELECT max(id) FROM pack WHERE id < (SELECT max(id) FROM pack))");

        assertThat(found("needle")).containsExactly(third.id(), first.id());
    }

    @Test
    void everyWordThatStandsOnceIsFoundOnceWhereItStands() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        Set<String> words = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            String word = "w" + Long.toString(random.nextLong() >>> 1, 36) + "w";
            words.add(word);
            texts.add(prose(random, random.nextInt(5_000)) + " " + word + " " + prose(random, random.nextInt(40_000)));
            String said = "s" + Long.toString(random.nextLong() >>> 1, 36) + "s";
            words.add(said);
            SampleExchange sample =
                    write(body(texts.toArray(String[]::new)), stream(said.substring(0, 3), said.substring(3) + " end"));
            expected.add(word + " " + sample.id() + " messages[" + i + "].content[0].text");
            expected.add(said + " " + sample.id() + " content[0].text");
        }
        Set<String> seen = new HashSet<>();
        for (String word : words) {
            for (SearchHit hit : search(word)) {
                hit.places()
                        .forEach(place -> seen.add(word + " " + hit.exchange().id() + " " + place.path()));
            }
        }
        assertThat(seen).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void aSearchWithoutTextOrWithAForeignCursorIsRefused() {
        TextSearch search = store.search();
        assertThatThrownBy(() -> search.search(query("model:opus"), 1, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> search.search(query("-opus"), 1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> search.search(query("opus"), 1, "bm9uc2Vuc2U"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private SampleExchange write(Bytes request, Bytes answer) throws InterruptedException {
        SampleExchange sample = SampleExchange.now();
        sample.writeAll(store.writer(), request, answer);
        settle();
        return sample;
    }

    private List<ExchangeId> found(String text) throws InterruptedException {
        return search(text).stream().map(hit -> hit.exchange().id()).toList();
    }

    /** Every page of it: a loaded machine may need several. */
    private List<SearchHit> search(String text) throws InterruptedException {
        List<SearchHit> hits = new ArrayList<>();
        String cursor = null;
        do {
            SearchPage page = store.search().search(query(text), 20, cursor);
            hits.addAll(page.hits());
            cursor = page.next();
        } while (cursor != null);
        return hits;
    }

    private static List<String> all(TextSearch search, int limit) throws InterruptedException {
        List<String> hits = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            SearchPage page = search.search(query("needle"), limit, cursor);
            page.hits().forEach(hit -> hits.add(hit.exchange().id() + " " + hit.side()));
            cursor = page.next();
        } while (cursor != null);
        return hits;
    }

    private dev.ccproxy.exchange.ExchangeSummary summary(SampleExchange sample) {
        return store.reader().find(sample.id()).orElseThrow().summary();
    }

    private void settle() throws InterruptedException {
        assertThat(store.writer().flush(Duration.ofSeconds(20))).isTrue();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("requests.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static Query query(String text) {
        Parsed parsed = Query.parse(text, new Moment(Instant.EPOCH, ZoneOffset.UTC));
        return ((Parsed.Understood) parsed).query();
    }

    private static Bytes body(String... texts) {
        StringBuilder body = new StringBuilder("{\"model\":\"claude-opus-5-5\",\"messages\":[");
        for (int i = 0; i < texts.length; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(texts[i])
                    .append("\"}]}");
        }
        // Long enough for the segmenter to look at its structure.
        return Bytes.utf8(body + "],\"metadata\":{\"user_id\":\"" + "0123456789".repeat(60) + "\"}}");
    }

    private static Bytes stream(String... pieces) {
        StringBuilder stream = new StringBuilder("event: message_start\ndata: {\"type\":\"message_start\"}\n\n");
        for (String piece : pieces) {
            stream.append("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,")
                    .append("\"delta\":{\"type\":\"text_delta\",\"text\":\"")
                    .append(piece)
                    .append("\"}}\n\n");
        }
        return Bytes.utf8(stream.toString());
    }

    private static String prose(Random random, int length) {
        StringBuilder prose = new StringBuilder();
        while (prose.length() < length) {
            for (int i = 2 + random.nextInt(8); i > 0; i--) {
                prose.append((char) ('a' + random.nextInt(26)));
            }
            prose.append(random.nextInt(9) == 0 ? "\\n" : " ");
        }
        return prose.toString();
    }
}
