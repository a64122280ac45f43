package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.storage.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFileSystemsTest {

    private static final Path DATABASE = Path.of("requests.db");

    @Test
    void aDatabaseOnAnotherMachineIsRefused() {
        for (String type : List.of("nfs", "nfs4", "cifs", "SMB3")) {
            assertThatThrownBy(() -> NetworkFileSystems.refuse(DATABASE, type))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("network file system")
                    .hasMessageContaining("DB_PATH");
        }
    }

    @Test
    void aLocalDiskIsTaken() {
        for (String type : List.of("ext4", "btrfs", "overlay", "tmpfs", "apfs", "NTFS", "")) {
            assertThatNoException().isThrownBy(() -> NetworkFileSystems.refuse(DATABASE, type));
        }
    }
}
