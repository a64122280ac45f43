package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCommandsTest {

    @TempDir
    private Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    private String input = "";

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                directory,
                environment,
                new PrintWriter(output, true),
                new PrintWriter(errors, true),
                new BufferedReader(new StringReader(input)),
                false);
        return Main.execute(surroundings, arguments);
    }

    @Test
    void helpListsCommandsAndEverySetting() {
        assertThat(run("--help")).isZero();

        assertThat(output.toString())
                .contains("check-config", "claude", "test", "--config=FILE", "--server.port=PORT", "Environment: PORT.")
                .doesNotContain("train");
    }

    @Test
    void versionIsPrinted() {
        assertThat(run("--version")).isZero();

        assertThat(output.toString()).startsWith("ccproxy ");
    }

    @Test
    void checkConfigPrintsValuesWithTheirOrigin() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), "server:\n  port: 3002\n");
        environment.put("HTTPS_PROXY", "http://me:hush@proxy.example.com");

        assertThat(run("check-config", "--log.level", "debug")).isZero();

        assertThat(output.toString())
                .containsPattern("server\\.port += 3002 +\\(config\\.yaml:2\\)")
                .containsPattern("log\\.level += debug +\\(option --log\\.level\\)")
                .containsPattern("server\\.host += 127\\.0\\.0\\.1 +\\(default\\)")
                .contains("http://***@proxy.example.com")
                .doesNotContain("hush");
    }

    @Test
    void settingsMayStandBeforeOrAfterTheCommand() {
        assertThat(run("--server.port=3003", "check-config", "--get", "server.port", "--get", "server.host"))
                .isZero();
        assertThat(output.toString().lines()).containsExactly("3003", "127.0.0.1");
    }

    @Test
    void askingForASettingThatIsNoneIsWrongUse() {
        assertThat(run("check-config", "--get", "server.prot")).isEqualTo(2);
    }

    @Test
    void mistakesInTheConfigurationEndWithThree() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), "server:\n  prot: 3002\n");
        environment.put("LOG_LEVEL", "chatty");

        assertThat(run("check-config")).isEqualTo(3);
        assertThat(run()).isEqualTo(3);

        assertThat(output.toString()).isEmpty();
        assertThat(errors.toString())
                .contains("the configuration has 2 mistakes:")
                .contains("config.yaml:2: server.prot: unknown key; did you mean server.port?")
                .contains("environment LOG_LEVEL: log.level = chatty: must be one of");
    }

    @Test
    void wrongUseEndsWithTwoAndASuggestion() {
        assertThat(run("--server.prot", "3002")).isEqualTo(2);
        assertThat(run("--storage.database_url=postgres:///x")).isEqualTo(2);
        assertThat(run("frobnicate")).isEqualTo(2);
        assertThat(run("--server.port")).isEqualTo(2);

        assertThat(errors.toString())
                .contains("option --server.prot: unknown key; did you mean server.port?")
                .contains("option --storage.database_url: is not supported by this version")
                .contains("frobnicate");
    }

    @Test
    void commandsOfTheLauncherSaySo() {
        assertThat(run("claude")).isEqualTo(2);
        assertThat(errors.toString()).contains("./ccproxy claude");
    }

    @Test
    void aPortThatIsTakenEndsWithFour() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Path database = directory.resolve("requests.db");

            int code = run("--server.port", port, "--dashboard.port", "0", "--storage.db_path", database.toString());

            assertThat(code).isEqualTo(4);
            assertThat(errors.toString()).contains(port);
            assertThat(output.toString()).isEmpty();
        }
    }

    @Test
    void generatedDocumentsAreWritten() {
        assertThat(run("docs")).isZero();

        assertThat(directory.resolve("docs/configuration.md")).content().startsWith("# Configuration");
        assertThat(directory.resolve(".env.example")).exists();
    }

    @Test
    void translateAnswersLineByLine() {
        input = """
                {"id":1,"op":"request","from":"anthropic-messages","to":"openai-chat","input":{"model":"\u00e4","messages":[\
                {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{"n": 1e3}}]}]}}
                {"id":"two","op":"dance","input":{}}
                {"id":3,"op":"stream","input":"data: {\\"id\\":\\"x\\"}\\n\\n"}
                """;

        assertThat(run("translate", "--from", "openai-chat", "--to", "anthropic-messages"))
                .isEqualTo(1);

        assertThat(output.toString().lines())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("{\"id\":1,\"output\":{\"model\":\"\\u00e4\"")
                                .contains("{\\\"n\\\": 1e3}"),
                        two -> assertThat(two).startsWith("{\"id\":\"two\",\"error\":"),
                        three -> assertThat(three).startsWith("{\"id\":3,\"error\":\"the stream breaks off\""));
    }

    @Test
    void translateRefusesAFormatThatIsNone() {
        input = "";

        assertThat(run("translate", "--from", "openai", "--to", "anthropic-messages"))
                .isEqualTo(2);

        assertThat(errors.toString()).contains("--from openai", "openai-chat");
    }

    @Test
    void translateAnswersEachLineOfGarbageWithAnErrorAndGoesOn() {
        input = """
                garbage
                [1,2]

                {"id":1}
                {"id":2,"op":"request","from":"x","to":"openai-chat","input":{}}
                {"id":3,"op":"request","from":"anthropic-messages","to":"openai-chat","input":"no JSON"}
                {"id":4,"op":"request","from":"anthropic-messages","to":"openai-chat","input":null}
                {"id":{"a":5},"op":"response","from":"openai-chat","to":"anthropic-messages","input":[]}
                """
                + "{\"id\":6,\"op\":\"request\",\"from\":\"anthropic-messages\",\"to\":\"openai-chat\",\"input\":"
                + "[".repeat(5_000) + "]".repeat(5_000) + "}\n" + """
                {"id":7,"op":"request","from":"anthropic-messages","to":"openai-responses",\
                "input":{"messages":5,"tools":{"a":1},"system":[[]]}}
                """;

        assertThat(run("translate")).isEqualTo(1);

        List<String> lines = output.toString().lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.subList(0, 8)).allSatisfy(line -> assertThat(line).contains("\"error\":"));
        assertThat(lines.get(0)).startsWith("{\"id\":null,\"error\":");
        assertThat(lines.get(6)).startsWith("{\"id\":{\"a\":5},\"error\":");
        assertThat(lines.get(8)).startsWith("{\"id\":7,\"output\":{");
    }
}
