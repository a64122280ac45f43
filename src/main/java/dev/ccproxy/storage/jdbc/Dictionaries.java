package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictDecompress;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries of one database, for reading: each frame names the one that it was made with, which is fetched when
 * first needed and never changes. Safe for all threads.
 */
final class Dictionaries implements AutoCloseable {

    /** What a dictionary begins with (RFC 8878, section 5). */
    private static final int MAGIC = 0xEC30_A437;

    private static final int MOST_BYTES = 1 << 20;

    private final ReadConnections connections;
    private final Map<Long, ZstdDictDecompress> loaded = new HashMap<>();

    Dictionaries(ReadConnections connections) {
        this.connections = connections;
    }

    /** The newest dictionary for a purpose, which comes with the program. */
    static byte[] shipped(Purpose purpose) {
        String name = "dictionary/" + purpose.word() + ".zdict";
        try (InputStream file = Dictionaries.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its own file " + name);
            }
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new IllegalStateException("cannot read the program's own file " + name, broken);
        }
    }

    /** Puts the shipped ones into the database, where they stay for as long as it lives. */
    static void install(Connection connection) throws SQLException {
        for (Purpose purpose : Purpose.values()) {
            byte[] dictionary = shipped(purpose);
            long id = idOf(dictionary);
            if (find(connection, id) == null) {
                insert(connection, id, purpose, dictionary);
            }
        }
    }

    /**
     * The id that stands behind the magic number of a dictionary (RFC 8878, section 5). Not asked of the library: loading
     * it takes a third of a second, and a start needs nothing else of it.
     */
    private static long idOf(byte[] dictionary) {
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(dictionary).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
    }

    /** The one that a frame needs; null when it needs none. */
    @Nullable
    ZstdDictDecompress neededBy(byte[] frame) {
        long id = Zstd.getDictIdFromFrame(frame);
        return id == 0 ? null : loaded(id);
    }

    private ZstdDictDecompress loaded(long id) {
        synchronized (loaded) {
            ZstdDictDecompress known = loaded.get(id);
            if (known != null) {
                return known;
            }
        }
        byte[] content = connections.read(connection -> find(connection, id));
        if (content == null) {
            throw new StoreException(Reason.CORRUPT, "the database lacks its dictionary " + id);
        }
        synchronized (loaded) {
            return loaded.computeIfAbsent(id, _ -> new ZstdDictDecompress(content));
        }
    }

    private static byte @Nullable [] find(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT data FROM dictionary WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? unpacked(row.getBytes(1)) : null;
            }
        }
    }

    private static void insert(Connection connection, long id, Purpose purpose, byte[] dictionary) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO dictionary(id, purpose, data) VALUES (?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, purpose.word());
            insert.setBytes(3, packed(dictionary));
            insert.executeUpdate();
        }
    }

    /** With what the JDK has: zstd need not be loaded for it, and a third of the bytes is left. */
    private static byte[] packed(byte[] dictionary) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(dictionary);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    /** Databases of the first builds hold them as they are. */
    private static byte[] unpacked(byte[] stored) {
        if (ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC) {
            return stored;
        }
        try (InputStream inflater = new InflaterInputStream(new ByteArrayInputStream(stored))) {
            return inflater.readNBytes(MOST_BYTES);
        } catch (IOException damaged) {
            throw new StoreException(Reason.CORRUPT, "a dictionary of the database is damaged", damaged);
        }
    }

    @Override
    public void close() {
        synchronized (loaded) {
            loaded.values().forEach(ZstdDictDecompress::close);
            loaded.clear();
        }
    }
}
