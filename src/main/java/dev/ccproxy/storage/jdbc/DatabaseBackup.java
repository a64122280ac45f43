package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Copies the database as it is at one moment into a file of its own, while it may be written to: by SQLite itself, since a
 * copy of the files would miss what stands in the log. The copy gets its name when it is whole and on the disk.
 */
final class DatabaseBackup {

    private DatabaseBackup() {}

    /** Where the copy grows. */
    static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".partial");
    }

    /** Throws {@link StoreException} when there is something at the target, or it cannot be written. */
    static void run(ReadConnections connections, Path target) {
        if (Files.exists(target)) {
            throw new StoreException(Reason.UNAVAILABLE, target + " exists already and is left as it is");
        }
        Path part = partOf(target);
        try {
            Files.deleteIfExists(part);
            try {
                connections.read(connection -> copy(connection, part));
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new StoreException(Reason.UNAVAILABLE, "cannot write " + target + ": " + failed, failed);
        }
    }

    private static boolean copy(Connection connection, Path part) throws SQLException {
        try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, part.toAbsolutePath().toString());
            copy.execute();
        }
        return true;
    }
}
