import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictDecompress;
import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.recording.Recorder;
import dev.ccproxy.storage.ExchangeQuery;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What exchanges cost on disk and in time. Figures of {@code sizes} come from recorded or generated sessions: folders with
 * {@code index.tsv}, {@code NNNNNN.req} and {@code NNNNNN.resp}.
 *
 * <pre>
 * java -cp "target/classes:target/lib/*" bench/StoreBench.java sizes FOLDER...    bytes by table, with and without dictionaries
 * java -cp "target/classes:target/lib/*" bench/StoreBench.java list 1000000       a page of the list
 * java -cp "target/classes:target/lib/*" bench/StoreBench.java bodies 100000      any body
 * </pre>
 */
final class StoreBench {

    private static final AtomicLong STARTED = new AtomicLong();
    private static final AtomicLong ENDED = new AtomicLong();

    private record Exchange(Instant at, Headers requestHeaders, Headers responseHeaders, byte[] request, byte[] answer, int status) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("store-bench");
        try {
            switch (arguments[0]) {
                case "sizes" -> {
                    for (String each : Arrays.asList(arguments).subList(1, arguments.length)) {
                        sizes(Path.of(each), folder.resolve(Path.of(each).getFileName() + ".db"));
                    }
                }
                case "list" -> list(folder.resolve("list.db"), Integer.parseInt(arguments[1]));
                case "bodies" -> bodies(folder.resolve("bodies.db"), Integer.parseInt(arguments[1]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void sizes(Path session, Path file) throws Exception {
        long wire = 0;
        long requests = 0;
        int count = 0;
        Map<String, byte[]> hashes = new HashMap<>();
        MemoryBudget budget = new MemoryBudget(256L << 20);
        long writer;
        long process;
        try (SqliteStore store = SqliteStore.open(file, budget)) {
            Recorder recorder = recorder(store, file, budget);
            List<String> lines = Files.readAllLines(session.resolve("index.tsv"));
            long cpu = cpu();
            for (String line : lines.subList(1, lines.size())) {
                Exchange exchange = exchange(session, line.split("\t", -1));
                wire += bytes(exchange.requestHeaders()) + bytes(exchange.responseHeaders()) + exchange.request().length
                        + exchange.answer().length;
                requests += exchange.request().length;
                count++;
                ExchangeId id = record(recorder, exchange);
                hashes.put(id.toString(), sha256(exchange.request(), exchange.answer()));
            }
            await();
            writer = threadNanos("store-writer");
            process = cpu() - cpu;
            verify(store, hashes);
            recorder.close();
        }
        long kept = Files.size(file);
        long plain = withoutDictionaries(file);
        System.out.printf(Locale.ROOT, "%s: %d exchanges, %.1f MB (requests %.1f MB), all read back exactly%n", session.getFileName(),
                count, wire / 1e6, requests / 1e6);
        System.out.printf(Locale.ROOT, "  file %.2f MB = %.0fx, %d bytes each; without dictionaries %.2f MB = %.0fx%n", kept / 1e6,
                (double) wire / kept, kept / count, (kept + plain) / 1e6, (double) wire / (kept + plain));
        System.out.printf(Locale.ROOT, "  CPU each: writer %.2f ms, everything with the making of the events %.2f ms%n", writer / 1e6 / count,
                process / 1e6 / count);
        tables(file);
    }

    private static Exchange exchange(Path session, String[] columns) throws Exception {
        String number = String.format("%06d", Integer.parseInt(columns[0]));
        List<Header> request = new ArrayList<>(headers(columns[15]));
        if (columns[3].contains("/agent-")) {
            request.add(new Header("x-claude-code-agent-id", columns[3].substring(columns[3].indexOf("agent-"))));
        }
        return new Exchange(Instant.ofEpochMilli(Long.parseLong(columns[5])), new Headers(request),
                new Headers(headers(columns[16])), Files.readAllBytes(session.resolve(number + ".req")),
                Files.readAllBytes(session.resolve(number + ".resp")), Integer.parseInt(columns[8]));
    }

    private static List<Header> headers(String base64) {
        List<Header> headers = new ArrayList<>();
        for (String line : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).split("\r?\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.add(new Header(line.substring(0, colon), line.substring(colon + 2)));
            }
        }
        return headers;
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.name().length() + header.value().length() + 4;
        }
        return bytes;
    }

    private static Recorder recorder(SqliteStore store, Path file, MemoryBudget budget) {
        return new Recorder(new StorageSettings(file, 64L << 20, budget.limitBytes()), budget, store.writer(),
                new Redaction(store.redactionKey()), List.of(StoreBench::count));
    }

    private static void count(ExchangeSummary summary) {
        if (summary.outcome() != Outcome.RUNNING) {
            ENDED.incrementAndGet();
        }
    }

    private static ExchangeId record(Recorder recorder, Exchange exchange) throws InterruptedException {
        while (STARTED.get() - ENDED.get() > 50) {
            Thread.sleep(1);
        }
        STARTED.incrementAndGet();
        ExchangeId id = ExchangeId.next(exchange.at());
        long now = System.nanoTime();
        ExchangeObserver observer = recorder.opened(new Opened(id, exchange.at(), now, "POST", "/v1/messages?beta=true",
                "127.0.0.1", exchange.requestHeaders(), "anthropic"));
        for (int from = 0; from < exchange.request().length; from += 16_384) {
            observer.on(new ExchangeEvent.RequestBytes(Bytes.wrap(exchange.request(), from,
                    Math.min(16_384, exchange.request().length - from)), now));
        }
        observer.on(new ExchangeEvent.RequestEnded(now));
        observer.on(new ExchangeEvent.ResponseHead(exchange.status(), exchange.responseHeaders(), false, now + 800_000_000L));
        Random pace = new Random(exchange.answer().length);
        int from = 0;
        long at = now + 900_000_000L;
        while (from < exchange.answer().length) {
            int end = Math.min(exchange.answer().length, from + 120 + pace.nextInt(300));
            at += 20_000_000L + pace.nextInt(40_000_000);
            observer.on(new ExchangeEvent.ResponseBytes(Bytes.wrap(exchange.answer(), from, end - from), at));
            from = end;
        }
        observer.on(new ExchangeEvent.Ended(Outcome.COMPLETED, "", at));
        return id;
    }

    private static void await() throws InterruptedException {
        while (ENDED.get() < STARTED.get()) {
            Thread.sleep(1);
        }
    }

    private static void verify(SqliteStore store, Map<String, byte[]> hashes) throws Exception {
        for (var each : hashes.entrySet()) {
            ExchangeId id = ExchangeId.parse(each.getKey()).orElseThrow();
            byte[] read = sha256(read(store.reader().requestBody(id).orElseThrow()),
                    read(store.reader().responseBody(id).orElseThrow()));
            if (!Arrays.equals(read, each.getValue())) {
                throw new AssertionError("exchange " + id + " differs");
            }
        }
    }

    private static byte[] read(StoredBody body) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        body.source().sendTo(piece -> bytes.write(piece.array(), piece.arrayOffset(), piece.length()));
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** Bytes that the same contents take more when each is compressed by itself. */
    private static long withoutDictionaries(Path file) throws SQLException {
        long more = 0;
        Map<Long, ZstdDictDecompress> dictionaries = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT id, data FROM dictionary")) {
                while (row.next()) {
                    dictionaries.put(row.getLong(1), new ZstdDictDecompress(row.getBytes(2)));
                    more -= row.getBytes(2).length;
                }
            }
            try (ResultSet row = statement.executeQuery("""
                    SELECT data FROM pack UNION ALL SELECT data FROM response_leg WHERE data IS NOT NULL
                    UNION ALL SELECT headers FROM request_leg
                    UNION ALL SELECT headers FROM response_leg WHERE headers IS NOT NULL""")) {
                while (row.next()) {
                    byte[] frame = row.getBytes(1);
                    long id = Zstd.getDictIdFromFrame(frame);
                    if (id != 0) {
                        byte[] content = Zstd.decompress(frame, dictionaries.get(id), (int) Zstd.getFrameContentSize(frame));
                        more += Zstd.compress(content, 6).length - frame.length;
                    }
                }
            }
        }
        return more;
    }

    private static void tables(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, sum(pgsize), sum(unused) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 14")) {
            while (row.next()) {
                System.out.printf(Locale.ROOT, "    %-28s %8.1f KB (unused %.1f)%n", row.getString(1), row.getLong(2) / 1024.0, row.getLong(3) / 1024.0);
            }
        }
    }

    private static void list(Path file, int count) throws Exception {
        try (SqliteStore store = SqliteStore.open(file, new MemoryBudget(256L << 20))) {
            fill(file, count);
            List<String> cursors = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                store.reader().list(ExchangeQuery.newest(50));
            }
            String cursor = null;
            for (int i = 0; i < 200; i++) {
                cursor = store.reader().list(new ExchangeQuery(ExchangeQuery.newest(1).filter(), 50, cursor, 0)).next();
                cursors.add(cursor);
            }
            report("newest 50 of " + count, 500, i -> store.reader().list(ExchangeQuery.newest(50)));
            report("50 further back", 500, i -> store.reader().list(new ExchangeQuery(ExchangeQuery.newest(1).filter(), 50, cursors.get(i % 200), 0)));
        }
        System.out.printf(Locale.ROOT, "file %.1f MB, %d bytes a row with its indexes%n", Files.size(file) / 1e6, Files.size(file) / count);
    }

    /** Rows without bodies, straight into the tables. */
    private static void fill(Path file, int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO client(id, address, agent) VALUES (1, '127.0.0.1', 'claude-cli/2.1.330 (external, cli)')");
            statement.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count / 100
                    + ") INSERT INTO session(id, named, name, first_at, last_at) SELECT i, 1, 'session-' || i, i, i FROM n");
            statement.execute("INSERT INTO thread(id, session_id, agent_id, first_at, last_at) SELECT id, id, '', 1, 1 FROM session");
            statement.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count + """
                    ) INSERT INTO exchange(id, public_id, thread_id, started_at, outcome, kind, status, requested_model, model,
                      stop_reason, tool, tool_count, input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens,
                      cache_write_1h_tokens, head_micros, content_micros, duration_micros, request_bytes, response_bytes,
                      boot, client_id, method, path, query, attempt_group, request_id, message_id, preview)
                    SELECT i, unhex(printf('%012x7000a000%012x', 1780000000000 + i * 1000, i)), i / 100 + 1,
                      1780000000000 + i * 1000, 'completed', 'main', 200, 'claude-opus-5-5', 'claude-opus-5-5', 'tool_use',
                      'Bash', 1, 10, 200, 150000, 0, 1200, 800000, 900000, 5000000, 500000, 9000, 1, 1, 'POST',
                      '/v1/messages', 'beta=true', '00112233445566aa', printf('req_011C%020d', i), printf('msg_01%022d', i),
                      'cd /home/user/project && git status --short' FROM n""");
            statement.execute("COMMIT");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private static void bodies(Path file, int count) throws Exception {
        MemoryBudget budget = new MemoryBudget(256L << 20);
        List<ExchangeId> ids = new ArrayList<>();
        Random random = new Random(1);
        try (SqliteStore store = SqliteStore.open(file, budget)) {
            Recorder recorder = recorder(store, file, budget);
            long started = System.nanoTime();
            while (ids.size() < count) {
                converse(recorder, ids, random);
            }
            await();
            double writer = threadNanos("store-writer") / 1e6 / count;
            System.out.printf(Locale.ROOT, "%d exchanges in %.0f s, writer %.2f ms CPU each%n", ids.size(), (System.nanoTime() - started) / 1e9, writer);
            report("a request body", 2_000, i -> read(store.reader().requestBody(ids.get(random.nextInt(ids.size()))).orElseThrow()));
            report("newest 50", 500, i -> store.reader().list(ExchangeQuery.newest(50)));
            recorder.close();
        }
        System.out.printf(Locale.ROOT, "file %.1f MB%n", Files.size(file) / 1e6);
    }

    /** A session of up to 60 turns whose text nobody else has. */
    private static void converse(Recorder recorder, List<ExchangeId> ids, Random random) throws Exception {
        Headers headers = Headers.of("X-Claude-Code-Session-Id", new java.util.UUID(random.nextLong(), random.nextLong()).toString(),
                "User-Agent", "claude-cli/2.1.330 (external, cli)", "content-type", "application/json");
        StringBuilder messages = new StringBuilder();
        for (int turn = 2 + random.nextInt(60); turn > 0; turn--) {
            messages.append(messages.isEmpty() ? "" : ",").append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(words(random, 300 + random.nextInt(3_000))).append("\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(words(random, 200)).append("\"}]}");
            byte[] body = ("{\"model\":\"claude-opus-5-5\",\"messages\":[" + messages + "],\"max_tokens\":32000}").getBytes(StandardCharsets.UTF_8);
            byte[] answer = ("{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"" + words(random, 400) + "\"}]}").getBytes(StandardCharsets.UTF_8);
            ids.add(record(recorder, new Exchange(Instant.now(), headers, Headers.of("content-type", "application/json"), body, answer, 200)));
        }
    }

    private static String words(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Integer.toString(random.nextInt(20_000), 36)).append(' ');
        }
        return text.toString();
    }

    private interface Work {
        void run(int i) throws Exception;
    }

    private static void report(String name, int count, Work work) throws Exception {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run(i);
            nanos[i] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "%-28s CPU p50 %.2f ms, p95 %.2f ms%n", name, nanos[count / 2] / 1e6, nanos[count * 95 / 100] / 1e6);
    }

    private static long threadNanos(String name) {
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().equals(name)) {
                return threads.getThreadCpuTime(id);
            }
        }
        return 0;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
