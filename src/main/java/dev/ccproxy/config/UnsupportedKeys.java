package dev.ccproxy.config;

import java.util.List;
import java.util.Optional;

/**
 * Settings with a fixed name and meaning whose feature this version does not have.
 *
 * <p>Setting one is a mistake that is reported, never ignored: who names a database must not find out later
 * that another one was used.
 */
final class UnsupportedKeys {

    /**
     * Such a setting.
     *
     * @param path the key, or the section with everything below it
     * @param environment variables that only this program reads. Variables that are set on many machines for other
     *     programs are left out: {@code DATABASE_URL} means something only beside a setting that is refused.
     */
    record UnsupportedKey(String path, List<String> environment) {
        UnsupportedKey {
            environment = List.copyOf(environment);
        }
    }

    private static final List<UnsupportedKey> ALL = List.of(of("storage.database_url"));

    private UnsupportedKeys() {}

    static List<UnsupportedKey> all() {
        return ALL;
    }

    static Optional<UnsupportedKey> find(String path) {
        return ALL.stream()
                .filter(key -> path.equals(key.path()) || path.startsWith(key.path() + "."))
                .findFirst();
    }

    private static UnsupportedKey of(String path, String... environment) {
        return new UnsupportedKey(path, List.of(environment));
    }
}
