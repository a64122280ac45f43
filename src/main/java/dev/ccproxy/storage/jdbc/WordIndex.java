package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.search.AnswerText;
import dev.ccproxy.search.Words;
import dev.ccproxy.storage.segment.Pack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the word index: what is recorded is queued by triggers, and its words are entered here, in slices between commits.
 * For the writer thread.
 */
final class WordIndex {

    private static final long SLICE_NANOS = Duration.ofMillis(20).toNanos();
    private static final int MOST_ANSWER_BYTES = 64 << 20;

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Queued(WordSource source, long id, byte @Nullable [] data) {}

    private final Dialect dialect;
    private final Dictionaries dictionaries;

    WordIndex(Dialect dialect, Dictionaries dictionaries) {
        this.dialect = dialect;
        this.dictionaries = dictionaries;
    }

    /** Makes the index where it is wanted and not there, and removes it where it is there and not wanted. */
    static void install(Connection connection, Dialect dialect, boolean wanted) throws SQLException {
        if (dialect.indexesWords(connection) == wanted) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.beginWriting());
            try {
                for (String single : script(dialect, wanted ? "words-on.sql" : "words-off.sql")) {
                    statement.execute(single);
                }
                statement.execute("COMMIT");
            } catch (SQLException failed) {
                statement.execute("ROLLBACK");
                throw failed;
            }
        }
    }

    private static String[] script(Dialect dialect, String name) {
        String path = dialect.scripts() + "/" + name;
        try (InputStream file = WordIndex.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its own file " + path);
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^--.*\n", "").strip().split("\n\n+");
        } catch (IOException broken) {
            throw new IllegalStateException("cannot read the program's own file " + path, broken);
        }
    }

    /** Enters the words of what is queued, in one short transaction. False when nothing is left. */
    boolean slice(WriteSession session) throws SQLException {
        if (next(session.connection()) == null) {
            return false;
        }
        long deadline = System.nanoTime() + SLICE_NANOS;
        return session.transaction(() -> {
            try (Decompressor decompressor = new Decompressor(dictionaries)) {
                Queued next = next(session.connection());
                while (next != null) {
                    enter(session.connection(), next, decompressor);
                    if (System.nanoTime() > deadline) {
                        return true;
                    }
                    next = next(session.connection());
                }
                return false;
            }
        });
    }

    /** The newest of those that wait. */
    private static @Nullable Queued next(Connection connection) throws SQLException {
        for (WordSource source : WordSource.values()) {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT q.id, t.data FROM word_queue q LEFT JOIN " + source.table()
                            + " t ON t.id = q.id WHERE q.source = ? ORDER BY q.id DESC LIMIT 1")) {
                select.setInt(1, source.code());
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        return new Queued(source, row.getLong(1), row.getBytes(2));
                    }
                }
            }
        }
        return null;
    }

    private void enter(Connection connection, Queued queued, Decompressor decompressor) throws SQLException {
        String words = queued.data() == null ? "" : words(queued.source(), queued.data(), decompressor);
        if (!words.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    dialect.enterWords(queued.source().index()))) {
                insert.setLong(1, queued.id());
                insert.setString(2, words);
                insert.executeUpdate();
            }
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM word_queue WHERE source = ? AND id = ?")) {
            delete.setInt(1, queued.source().code());
            delete.setLong(2, queued.id());
            delete.executeUpdate();
        }
    }

    private static String words(WordSource source, byte[] data, Decompressor decompressor) {
        Words words = new Words();
        try {
            switch (source) {
                case PACKS -> {
                    Pack pack = Pack.decode(decompressor.decompress(data, PackCache.MOST_DECODED_BYTES));
                    words.add(pack.segments(0, pack.size()));
                }
                case ANSWERS -> addAnswer(words, Bytes.wrap(decompressor.decompress(data, MOST_ANSWER_BYTES)));
            }
        } catch (IllegalArgumentException damaged) {
            // The check reports it, and a search could not read it either.
            return "";
        }
        return words.joined();
    }

    private static void addAnswer(Words words, Bytes answer) {
        if (AnswerText.isStream(answer)) {
            AnswerText.of(answer).forEach(part -> words.add(part.bytes()));
        } else {
            words.add(answer);
        }
    }
}
