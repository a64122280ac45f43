import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.SearchPage;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What reading and searching cost when so many exchanges with bodies are stored, and what the writer took for them.
 *
 * <pre>java -cp "target/classes:target/lib/*" bench/ReadBench.java 100000</pre>
 */
final class ReadBench {

    private static final Pattern RARE = Pattern.compile("rare[0-9]+");

    private final SqliteStore store;
    private final Random random = new Random(1);

    private ReadBench(SqliteStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Path file = Files.createTempDirectory("read-bench").resolve("requests.db");
        try (StoreFeed feed = new StoreFeed(file)) {
            long started = System.nanoTime();
            List<ExchangeId> ids = new ManySessions(1).record(feed, count);
            System.out.printf(Locale.ROOT, "%d exchanges in %.0f s, writer %.2f ms CPU each%n", ids.size(),
                    (System.nanoTime() - started) / 1e9, StoreFeed.writerNanos() / 1e6 / ids.size());
            new ReadBench(feed.store()).read(ids);
        }
        System.out.printf(Locale.ROOT, "file %.1f MB, %d bytes each%n", Files.size(file) / 1e6, Files.size(file) / count);
        Files.delete(file);
    }

    private void read(List<ExchangeId> ids) throws Exception {
        Sample.report("a request body", 2_000, _ -> body(ids.get(random.nextInt(ids.size()))));
        Sample.report("newest 50", 500, _ -> store.reader().list(ExchangeQuery.newest(50)));
        search("a word that all have", "4n3", 20);
        search("a word of a new exchange", rare(ids.getLast()), 20);
        search("a word of an exchange in the middle", rare(ids.get(ids.size() / 2)), 10);
        search("a word of the first exchange", rare(ids.getFirst()), 10);
        search("a word that nobody has", "nobody-has-this", 10);
    }

    private void search(String name, String text, int times) throws Exception {
        Query query = query(text);
        store.search().search(query, 50, null);
        int[] hits = new int[1];
        Sample.report(name + ": first page", times, _ -> hits[0] = store.search().search(query, 50, null).hits().size());
        Sample.report(name + ": everything", Math.min(times, 5), _ -> hits[0] = all(query));
        System.out.printf(Locale.ROOT, "    %d hits%n", hits[0]);
    }

    /** Page after page, but not more hits than people look at. */
    private int all(Query query) throws InterruptedException {
        int hits = 0;
        String cursor = null;
        do {
            SearchPage page = store.search().search(query, 50, cursor);
            hits += page.hits().size();
            cursor = page.next();
        } while (cursor != null && hits < 200);
        return hits;
    }

    private String rare(ExchangeId id) throws Exception {
        Matcher last = RARE.matcher(body(id));
        String word = "";
        while (last.find()) {
            word = last.group();
        }
        return word;
    }

    private String body(ExchangeId id) throws Exception {
        StringBuilder text = new StringBuilder();
        store.reader().requestBody(id).orElseThrow().source()
                .sendTo(piece -> text.append(new String(piece.toByteArray(), StandardCharsets.US_ASCII)));
        return text.toString();
    }

    private static Query query(String text) {
        if (Query.parse(text, new Moment(Instant.now(), ZoneOffset.UTC)) instanceof Parsed.Understood(Query query)) {
            return query;
        }
        throw new AssertionError(text);
    }
}
