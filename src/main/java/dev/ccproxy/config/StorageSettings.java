package dev.ccproxy.config;

import java.nio.file.Path;

/**
 * What is recorded, and where.
 *
 * @param dbPath the SQLite file
 * @param maxBodyBytes bodies above this are recorded as length and hash only
 * @param memoryBytes heap the recorder may hold for exchanges in flight and not yet written
 */
public record StorageSettings(Path dbPath, long maxBodyBytes, long memoryBytes) {

    /** Kinds of databases that this version can keep exchanges in. */
    public enum DatabaseType {
        SQLITE
    }
}
