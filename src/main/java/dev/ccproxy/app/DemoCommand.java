package dev.ccproxy.app;

import dev.ccproxy.config.Configuration;
import dev.ccproxy.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Shows the program at work: a workload of its own, recorded in a store of its own, which is gone afterwards. */
final class DemoCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Function<Map<String, String>, Optional<Configuration.Valid>> configuration;

    private DemoCommand(
            Surroundings surroundings, Function<Map<String, String>, Optional<Configuration.Valid>> configuration) {
        this.surroundings = surroundings;
        this.configuration = configuration;
    }

    static CommandSpec spec(Surroundings surroundings, SettingsOptions options) {
        CommandSpec spec = ProgramCommands.spec("demo", new DemoCommand(surroundings, options::loadWith));
        spec.usageMessage()
                .description(
                        "Fill a fresh store with a workload of the project's own, and play on live: no key, no network.");
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("ccproxy-demo");
        try (Demo demo = Demo.start()) {
            Map<String, String> fixed = Map.of(
                    "providers.anthropic.base_url",
                    demo.upstream().toString(),
                    "storage.db_path",
                    folder.resolve("demo.db").toString());
            return configuration.apply(fixed).map(valid -> run(valid, demo)).orElse(ExitCodes.WRONG_CONFIGURATION);
        } finally {
            delete(folder);
        }
    }

    private int run(Configuration.Valid valid, Demo demo) {
        Logging.configure(valid.settings().log());
        try (Application application = Application.start(valid)) {
            URI proxy = URI.create("http://127.0.0.1:" + application.proxyPort());
            surroundings.output().print("""
                    Claude Code Proxy, demo

                      dashboard   http://127.0.0.1:%d

                    The store is being filled…
                    """.formatted(application.dashboardPort()));
            surroundings.output().flush();
            demo.fill(proxy);
            surroundings.output().println("It is full; work goes on. Ctrl-C ends the demo and deletes its store.");
            surroundings.output().flush();
            demo.playOn(proxy);
            application.awaitStop();
            return ExitCodes.DONE;
        } catch (StartException notStarted) {
            surroundings.errors().println("ccproxy: " + notStarted.getMessage());
            return notStarted.exitCode();
        } catch (IOException broken) {
            surroundings.errors().println("ccproxy: " + broken.getMessage());
            return ExitCodes.FAILED;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return ExitCodes.DONE;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
