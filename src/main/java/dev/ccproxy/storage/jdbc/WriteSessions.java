package dev.ccproxy.storage.jdbc;

import dev.ccproxy.config.SearchIndex;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens the connection that writes, one after the other: the first counts a start of the program. */
final class WriteSessions implements CommitLadder.Sessions {

    private final DatabaseFile file;
    private final Dialect dialect;
    private final PackCache packs;
    private final Condemned condemned;
    private final long rememberedBytes;
    private final @Nullable SearchIndex index;
    private volatile @Nullable Meta meta;

    /** Sessions that make the {@code index} what it should be; with null it stays as it is. */
    WriteSessions(
            DatabaseFile file,
            Dialect dialect,
            PackCache packs,
            Condemned condemned,
            long rememberedBytes,
            @Nullable SearchIndex index) {
        this.file = file;
        this.dialect = dialect;
        this.packs = packs;
        this.condemned = condemned;
        this.rememberedBytes = rememberedBytes;
        this.index = index;
    }

    @Override
    public WriteSession open() {
        Connection connection = file.openForWriting();
        try {
            Meta known = meta;
            if (known == null) {
                known = Meta.begin(connection, dialect);
                meta = known;
            } else {
                known.carryOver(connection);
            }
            if (index != null) {
                WordIndex.install(connection, dialect, index == SearchIndex.WORDS);
            }
            packs.forget();
            return new WriteSession(connection, file, dialect, known.boot(), rememberedBytes, condemned);
        } catch (SQLException failed) {
            try {
                connection.close();
            } catch (SQLException second) {
                failed.addSuppressed(second);
            }
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "cannot write to the database " + file.path() + ": " + failed.getMessage(),
                    failed);
        }
    }

    @Override
    public void moveAside(SQLException why) {
        file.moveAside(why);
    }

    /** Of the database; as old as it. Known from the first session on. */
    Bytes redactionKey() {
        return Objects.requireNonNull(meta, "a session was opened").redactionKey();
    }
}
