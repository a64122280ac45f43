package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Writes a database anew, without free pages and in order. Nobody else may use it meanwhile. */
public final class DatabaseVacuum {

    /** The new file, and the log through which it goes. */
    private static final int COPIES = 2;

    private DatabaseVacuum() {}

    /**
     * Returns when it is done.
     *
     * @throws StoreException when another process has the database, there is none, or the disk is too full
     */
    public static void run(Path path) {
        DatabaseFile file = new DatabaseFile(path, new SqliteDialect());
        file.refuseOthers();
        try (DatabaseLock _ = DatabaseLock.take(file.path())) {
            requireSpace(file);
            vacuum(file);
        }
    }

    private static void requireSpace(DatabaseFile file) {
        try {
            long needed = COPIES * Files.size(file.path());
            long free = Files.getFileStore(file.path()).getUsableSpace();
            if (free < needed) {
                throw new StoreException(
                        Reason.UNAVAILABLE,
                        String.format(
                                Locale.ROOT,
                                "writing %s anew needs %,d bytes of free space; there are %,d",
                                file.path(),
                                needed,
                                free));
            }
        } catch (IOException unknown) {
            throw new StoreException(Reason.UNAVAILABLE, "cannot look at " + file.path() + ": " + unknown, unknown);
        }
    }

    private static void vacuum(DatabaseFile file) {
        try (Connection connection = file.openForWriting();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException failed) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "cannot write " + file.path() + " anew: " + failed.getMessage(), failed);
        }
    }
}
