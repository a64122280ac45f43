import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictDecompress;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.StoredBody;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * What sessions take on disk, by table, with and without dictionaries, and what writing them costs. Everything is read back
 * and compared.
 *
 * <pre>
 * java -cp "target/classes:target/lib/*" bench/StoreSizes.java FOLDER_OR_JSONL...        each in a database of its own
 * java -cp "target/classes:target/lib/*" bench/StoreSizes.java together FOLDER...        all in one
 * </pre>
 */
final class StoreSizes {

    private long wire;
    private long requests;
    private int count;
    private long writerNanos;
    private final Map<ExchangeId, byte[]> hashes = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        boolean together = arguments[0].equals("together");
        List<Path> sessions = Arrays.stream(arguments).skip(together ? 1 : 0).map(Path::of).toList();
        Path folder = Files.createTempDirectory("store-sizes");
        try {
            for (List<Path> each : together ? List.of(sessions) : sessions.stream().map(List::of).toList()) {
                new StoreSizes().measure(each, folder);
                empty(folder);
            }
        } finally {
            empty(folder);
            Files.delete(folder);
        }
    }

    private static void empty(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void measure(List<Path> sessions, Path folder) throws Exception {
        Path file = folder.resolve("requests.db");
        new StoreFeed(file).close();
        long empty = Files.size(file);
        Files.delete(file);
        try (StoreFeed feed = new StoreFeed(file)) {
            for (Path session : sessions) {
                StoreSession.read(session, exchange -> {
                    wire += exchange.wireBytes();
                    requests += exchange.request().length;
                    count++;
                    hashes.put(feed.record(exchange), sha256(exchange.request(), exchange.answer()));
                });
            }
            feed.await();
            writerNanos = StoreFeed.writerNanos();
            verify(feed);
        }
        long plain = oneRowEach(sessions, folder.resolve("plain.db"));
        long kept = Files.size(file);
        System.out.printf(Locale.ROOT, "%s: %d exchanges, %.1f MB (requests %.1f MB), all read back exactly; one text row per body %.1f MB%n",
                sessions.stream().map(each -> each.getFileName().toString()).toList(), count, wire / 1e6, requests / 1e6, plain / 1e6);
        line("with dictionaries", kept, plain);
        line("  of these not empty", kept - empty, plain);
        line("without dictionaries", kept + withoutDictionaries(file), plain);
        System.out.printf(Locale.ROOT, "  writer %.2f ms CPU each%n", writerNanos / 1e6 / count);
        tables(file);
    }

    private void line(String name, long bytes, long plain) {
        System.out.printf(Locale.ROOT, "  %-26s %.2f MB = %.0fx, %d bytes each%n", name, bytes / 1e6, (double) plain / bytes, bytes / count);
    }

    private void verify(StoreFeed feed) throws Exception {
        for (var each : hashes.entrySet()) {
            byte[] read = sha256(read(feed.store().reader().requestBody(each.getKey()).orElseThrow()),
                    read(feed.store().reader().responseBody(each.getKey()).orElseThrow()));
            if (!Arrays.equals(read, each.getValue())) {
                throw new AssertionError("exchange " + each.getKey() + " differs");
            }
        }
    }

    private static byte[] read(StoredBody body) throws Exception {
        var bytes = new ByteArrayOutputStream();
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

    /** The size of a database in which each body is a value of a row, as it is. */
    private static long oneRowEach(List<Path> sessions, Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE requests(id INTEGER PRIMARY KEY, headers TEXT, body TEXT, response_headers TEXT, response TEXT)");
            statement.execute("BEGIN");
            try (var insert = connection.prepareStatement("INSERT INTO requests(headers, body, response_headers, response) VALUES (?, ?, ?, ?)")) {
                for (Path session : sessions) {
                    StoreSession.read(session, exchange -> {
                        insert.setString(1, exchange.requestHeaders().toString());
                        insert.setBytes(2, exchange.request());
                        insert.setString(3, exchange.responseHeaders().toString());
                        insert.setBytes(4, exchange.answer());
                        insert.executeUpdate();
                    });
                }
            }
            statement.execute("COMMIT");
        }
        return Files.size(file);
    }

    /** Bytes that the same contents take more when each is compressed by itself. */
    private static long withoutDictionaries(Path file) throws Exception {
        long more = 0;
        Map<Long, ZstdDictDecompress> dictionaries = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT id, data FROM dictionary")) {
                while (row.next()) {
                    var inflater = new InflaterInputStream(row.getBinaryStream(2));
                    dictionaries.put(row.getLong(1), new ZstdDictDecompress(inflater.readAllBytes()));
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
                ResultSet row = statement.executeQuery("SELECT name, sum(pgsize), sum(unused) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 10")) {
            while (row.next()) {
                System.out.printf(Locale.ROOT, "    %-28s %8.1f KB (unused %.1f)%n", row.getString(1), row.getLong(2) / 1024.0, row.getLong(3) / 1024.0);
            }
        }
    }
}
