package dev.ccproxy.storage.jdbc;

import dev.ccproxy.storage.StoreException;
import dev.ccproxy.storage.StoreException.Reason;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** File systems on which SQLite's write-ahead log loses data: its shared memory and locks do not reach other machines. */
final class NetworkFileSystems {

    private static final Set<String> TYPES =
            Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "fuse.sshfs", "webdav", "davfs");

    private NetworkFileSystems() {}

    /** Throws {@link StoreException} when a database must not lie on a file system of that type. */
    static void refuse(Path database, String type) {
        if (TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    database + " lies on a network file system (" + type
                            + "), where SQLite loses data: choose a DB_PATH on a local disk");
        }
    }
}
