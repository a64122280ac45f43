package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProgramUnderTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that something is in the way of says what, and ends with the exit code for it. */
class StartRefusedTest {

    @TempDir
    Path folder;

    @Test
    void aDatabaseThatAnotherProcessUsesIsExitCode5() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProgramUnderTest other = ProgramUnderTest.start(folder, upstream.uri())) {
            CommandRun run = new CommandRun(folder);

            int exitCode = run.of(
                    "--server.port=0", "--dashboard.port=0", "--storage.db_path=" + ProgramUnderTest.database(folder));

            assertThat(exitCode).isEqualTo(5);
            assertThat(run.errors())
                    .contains("is in use by another process (pid ")
                    .contains("stop that one, or choose another DB_PATH");
            assertThat(run.output()).isEmpty();
            other.client().close();
        }
    }

    @Test
    void aPortThatAnotherProgramHasIsExitCode4() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = new CommandRun(folder);

            int exitCode = run.of("--server.port=" + other.getLocalPort(), "--dashboard.port=0");

            assertThat(exitCode).isEqualTo(4);
            assertThat(run.errors())
                    .contains("port " + other.getLocalPort())
                    .contains("set server.port (PORT) and dashboard.port (DASHBOARD_PORT)");
        }
    }
}
