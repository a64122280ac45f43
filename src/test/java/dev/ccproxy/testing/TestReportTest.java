package dev.ccproxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class TestReportTest {

    /** Run by the test below, never on its own. */
    static final class Sample {
        @Test
        void works() {}

        @Test
        void breaks() {
            fail("first line\nsecond line");
        }

        @Test
        void lacksSomething() {
            assumeTrue(false, "no corpora on this machine");
        }

        @Test
        @Disabled("until the sea is dry")
        void waits() {}
    }

    @Test
    void failedAndSkippedTestsAreNamedWithTheirReasonAndCounted(@TempDir Path directory) {
        Path file = directory.resolve("report.txt");
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Sample.class))
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();

        LauncherFactory.create(config).execute(request, new TestReport(file));

        assertThat(file).content().isEqualTo("""
                        Failed:
                          TestReportTest$Sample.breaks(): first line
                        Skipped:
                          TestReportTest$Sample.lacksSomething(): Assumption failed: no corpora on this machine
                          TestReportTest$Sample.waits(): until the sea is dry
                        1 passed, 1 failed, 2 skipped
                        """);
    }
}
