package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.app.LauncherBench.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    /** Says how it was called and with which process id. */
    private static final String TALKING_JAVA = "printf '%s\\n' \"pid $$\" \"in $PWD\" \"$@\"; exit ${JAVA_EXIT:-0}";

    @TempDir
    private Path directory;

    private LauncherBench bench;

    @BeforeEach
    void prepare() throws IOException {
        bench = new LauncherBench(directory.toRealPath());
    }

    @Test
    void aMissingJdkIsExplained() throws Exception {
        Ended ended = bench.run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors())
                .contains("JDK 25 or newer is needed", "JAVA_HOME   not set", "PATH        no java", "adoptium.net");
    }

    @Test
    void anOldJdkIsNamedWithItsVersion() throws Exception {
        Ended ended = bench.jdk("17.0.15", TALKING_JAVA).run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("jdk 17.0.15 (Java 17)");
    }

    @Test
    void aJdkInAUsualFolderIsFound() throws Exception {
        bench.maven().jdk("26-ea", TALKING_JAVA).environment("JAVA_HOME", "/nowhere");
        bench.environment("CCPROXY_JDK_FOLDERS", "/nowhere:" + bench.root().getParent());

        assertThat(bench.run("--version").output()).contains("--version");
    }

    @Test
    void aMissingMavenIsExplained() throws Exception {
        Ended ended = bench.jdk("25.0.3", TALKING_JAVA).run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("Maven 3.8 or newer is needed", "apt install maven");
    }

    @Test
    void itBuildsOnceAndThenOnlyWhenSomethingChanged() throws Exception {
        bench.jdk("25", TALKING_JAVA).maven();
        bench.run();
        bench.run();
        assertThat(bench.mavenCalls()).hasSize(1);

        bench.source("src/main/java/Some.java", "class Some { int changed; }").run();
        assertThat(bench.mavenCalls()).as("a changed source").hasSize(2);

        Files.move(bench.root().resolve("src/main/java/Some.java"), bench.root().resolve("src/main/java/Other.java"));
        bench.run();
        assertThat(bench.mavenCalls()).as("a renamed source").hasSize(3);

        bench.source("target/ccproxy.jar", "built by somebody else").run();
        assertThat(bench.mavenCalls()).as("a jar from elsewhere").hasSize(4);

        bench.source("src/test/java/SomeTest.java", "class SomeTest {}").run();
        assertThat(bench.mavenCalls()).as("a changed test").hasSize(4);
        assertThat(bench.mavenCalls()).allMatch(call -> call.endsWith("-Dquick -Dmaven.test.skip=true package"));
    }

    @Test
    void aFailedBuildShowsItsErrorsAndRunsNothing() throws Exception {
        bench.jdk("25", TALKING_JAVA).maven().run();
        bench.tool("mvn", "echo '[INFO] fine'; echo '[ERROR] Some.java:[1,1] no such thing'; exit 1");

        Ended ended = bench.source("src/main/java/Some.java", "broken").run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("no such thing", "target/build.log").doesNotContain("fine");
        assertThat(bench.root().resolve("target/ccproxy.jar")).doesNotExist();
        assertThat(bench.run().exitCode())
                .as("no stale jar the next time either")
                .isEqualTo(1);
    }

    @Test
    void argumentsExitCodeAndProcessPass() throws Exception {
        Ended ended = bench.jdk("25", TALKING_JAVA)
                .maven()
                .environment("JAVA_EXIT", "4")
                .run("--log.level", "a b", "");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.output())
                .contains("pid " + ended.processId() + "\n")
                .contains("in " + directory.toRealPath().resolve("working directory") + "\n")
                .contains("-XX:+UseSerialGC\n", "--enable-native-access=ALL-UNNAMED\n")
                .endsWith("-jar\n" + bench.root().resolve("target/ccproxy.jar") + "\n--log.level\na b\n\n");
    }

    @Test
    void ownOptionsOfTheJvmWin() throws Exception {
        Ended ended = bench.jdk("25", TALKING_JAVA)
                .maven()
                .environment("CCPROXY_JAVA_OPTS", "-Xmx2g -XX:+UseG1GC")
                .run();

        assertThat(ended.output())
                .containsSubsequence("-Xmx256m\n", "-Xmx2g\n-XX:+UseG1GC\n")
                .doesNotContain("Serial");
    }

    @Test
    void itWorksThroughALinkAndUnderItsOtherName() throws Exception {
        bench.jdk("25", TALKING_JAVA).maven();
        Files.createSymbolicLink(bench.root().resolve("linked"), Path.of("ccproxy"));

        assertThat(bench.runScript("linked", "--help").output()).endsWith("--help\n");
        assertThat(bench.runScript("run.sh", "--help").output()).endsWith("--help\n");
    }

    @Test
    void theStartCacheIsRecordedOnceForEachBuildAndUsed() throws Exception {
        bench.maven().environment("CCPROXY_START_CACHE", "on").jdk("25", """
                for argument; do
                  case "$argument" in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; echo "$@" >>"%s/trained" ;; esac
                done
                printf '%%s\\n' "$@"
                """.formatted(bench.root()));

        bench.run();
        assertThat(bench.run().output()).contains("-XX:AOTCache=" + bench.root().resolve("target/ccproxy.aot") + "\n");
        assertThat(Files.readAllLines(bench.root().resolve("trained")))
                .singleElement()
                .asString()
                .endsWith(" train");
    }

    @Test
    void aStartCacheThatCannotBeRecordedStopsNothing() throws Exception {
        bench.maven().environment("CCPROXY_START_CACHE", "on").jdk("25", """
                case "$*" in *AOTCacheOutput*) echo tried >>"%s/trained"; exit 1 ;; esac
                printf '%%s\\n' "$@"
                """.formatted(bench.root()));

        assertThat(bench.run().exitCode()).isZero();
        assertThat(bench.run().output()).doesNotContain("-XX:AOTCache");
        assertThat(Files.readAllLines(bench.root().resolve("trained"))).hasSize(1);
    }

    @Test
    void testsInstallTheClientAndPrintTheReport() throws Exception {
        benchThatInstallsTheClient().tool("chromium", "exit 0").tool("mvn", """
                        case "$*" in *copy-dependencies*) cat "$4" >"%1$s/libraries.log"; exit 0 ;; esac
                        echo "$@" "cache $CCPROXY_CACHE" >"%1$s/mvn.log"
                        mkdir -p "%1$s/target"
                        printf 'Skipped:\\n  SomeTest.some(): no corpora\\n3 passed, 1 failed, 1 skipped\\n' >"%1$s/target/test-report.txt"
                        exit 1
                        """.formatted(bench.root()));

        Ended ended = bench.run("test");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).endsWith("Skipped:\n  SomeTest.some(): no corpora\n3 passed, 1 failed, 1 skipped\n");
        assertThat(bench.root().resolve("npm.log"))
                .content()
                .contains("@anthropic-ai/claude-code@1.2.3", "some-sdk@4.5.6 other@7.8.9");
        assertThat(bench.root().resolve("libraries.log"))
                .content()
                .contains("<groupId>org.some</groupId><artifactId>some-java</artifactId><version>1.0</version>")
                .contains("<groupId>org.other</groupId><artifactId>other-java</artifactId><version>2.0</version>");
        assertThat(bench.mavenCalls())
                .singleElement()
                .asString()
                .contains("-Dccproxy.required=true verify")
                .endsWith("cache " + directory.toRealPath().resolve("cache"));
    }

    private LauncherBench benchThatInstallsTheClient() throws Exception {
        return bench.jdk("25", TALKING_JAVA)
                .tool("npm", """
                        echo "$@" >>"%s/npm.log"
                        mkdir -p "$3/node_modules/.bin"
                        echo >"$3/node_modules/.bin/claude"
                        chmod +x "$3/node_modules/.bin/claude"
                        """.formatted(bench.root()))
                .tool("chmod", "exec /bin/chmod \"$@\"");
    }

    @Test
    void testsNeedABrowser() throws Exception {
        Ended ended = benchThatInstallsTheClient().maven().run("test");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("a Chromium is needed");
        assertThat(bench.mavenCalls()).isEmpty();
    }

    @Test
    void testsNeedTheClient() throws Exception {
        Ended ended = bench.jdk("25", TALKING_JAVA).maven().run("test");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("npm is needed");
        assertThat(bench.mavenCalls()).isEmpty();
    }
}
