package dev.ccproxy.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Recorded and peer-made test data beside the checkout, read in place; tests that need it are skipped without it. */
public final class Corpora {

    private Corpora() {}

    /** The folder (or file) of that name inside the corpora; skips the calling test where it is absent. */
    public static Path require(String name) {
        String configured = System.getenv("CORPORA_DIR");
        Path root = configured == null ? Path.of("..", "shared", "corpora") : Path.of(configured);
        Path wanted = root.resolve(name);
        Assumptions.assumeTrue(
                Files.exists(wanted), "no corpora: " + name + " is neither in CORPORA_DIR nor in ../shared/corpora");
        return wanted;
    }
}
