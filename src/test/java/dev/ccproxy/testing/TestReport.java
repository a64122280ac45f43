package dev.ccproxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/test-report.txt}: each test that failed or was skipped with its reason, and the counts in the last
 * line. JUnit finds it as a service; {@code ./ccproxy test} prints what it wrote.
 *
 * <p>JUnit may report from several threads.
 */
public final class TestReport implements TestExecutionListener {

    private final Path file;
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int passedCount;
    private int failedCount;
    private int skippedCount;

    /** Writes to where {@code ./ccproxy test} looks. */
    public TestReport() {
        this(Path.of("target", "test-report.txt"));
    }

    TestReport(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skipped.add(name(test) + ": " + firstLine(reason));
        skippedCount++;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String reason = result.getThrowable()
                .map(thrown -> Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString()))
                .map(TestReport::firstLine)
                .orElse("no reason given");
        switch (result.getStatus()) {
            case SUCCESSFUL -> passedCount += test.isTest() ? 1 : 0;
            case ABORTED -> {
                skipped.add(name(test) + ": " + reason);
                skippedCount++;
            }
            case FAILED -> {
                failed.add(name(test) + ": " + reason);
                failedCount++;
            }
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        String counts = passedCount + " passed, " + failedCount + " failed, " + skippedCount + " skipped";
        List<String> lines = Stream.of(section("Failed:", failed), section("Skipped:", skipped), Stream.of(counts))
                .flatMap(part -> part)
                .toList();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> section(String title, List<String> tests) {
        return tests.isEmpty()
                ? Stream.empty()
                : Stream.concat(Stream.of(title), tests.stream().sorted().map(line -> "  " + line));
    }

    private static String name(TestIdentifier test) {
        String className = test.getSource().map(TestReport::className).orElse("");
        return className.isEmpty() || className.equals(test.getDisplayName())
                ? test.getDisplayName()
                : className + "." + test.getDisplayName();
    }

    private static String className(TestSource source) {
        String whole = source instanceof MethodSource method
                ? method.getClassName()
                : source instanceof ClassSource type ? type.getClassName() : "";
        return whole.substring(whole.lastIndexOf('.') + 1);
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("no reason given");
    }
}
