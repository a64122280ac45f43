package dev.ccproxy.config;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the documents that list all settings, from the declarations themselves. */
public final class Reference {

    private static final String INTRODUCTION = """
            # Configuration

            <!-- Written by `./ccproxy docs` from the declarations in dev.ccproxy.config.Keys: do not edit. -->

            Everything works without any file. A setting comes from the strongest of these places that has it:

            1. the command line: `--server.port 3002` or `--server.port=3002`
            2. the environment: `PORT=3002`
            3. `.env` in the working directory, lines of `NAME=value`
            4. the YAML file: `config.yaml` in the working directory, or the file named by `--config` or `CONFIG_PATH`
            5. the default

            An empty value counts as not set. Unknown keys, values that make no sense and contradictions are reported all
            at once, each with where it was said and what would be right, and nothing starts (exit code 3).
            `./ccproxy check-config` prints every effective value and where it comes from, secrets hidden;
            `./ccproxy check-config --get server.port` prints one.

            Durations are plain seconds or `500ms`, `30s`, `10m`, `1h`. Sizes are bytes or `64KiB`, `64MiB`, `1GiB`.
            Relative paths start at the working directory.
            """;

    private static final String ANY_PROVIDER = """

            Any number of other providers may stand there, each under a name of its own; `openai` takes these keys too.
            Requests go to them only where `subagents.mappings` or `routes` say so, and never with the client's own
            credential. [routing.md](routing.md) has examples.

            | key | environment | default | meaning |
            |---|---|---|---|
            """;

    private static final String NOT_YET = """

            ## Not supported by this version

            These names are kept for features to come. Setting one is an error, so that nobody relies on a protection
            that is not there.

            | key | environment |
            |---|---|
            """;

    private Reference() {}

    /** Every generated file, as it has to be. */
    public static List<GeneratedFile> files() {
        return List.of(
                new GeneratedFile("docs/configuration.md", document()),
                new GeneratedFile("config.yaml.example", ExampleFiles.yaml()),
                new GeneratedFile(".env.example", ExampleFiles.dotEnv()));
    }

    private static String document() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (Section section : Section.all()) {
            text.append("\n## ").append(section.name()).append("\n\n");
            text.append(section.sentence()).append("\n\n");
            text.append("| key | environment | default | meaning |\n|---|---|---|---|\n");
            section.keys().forEach(key -> text.append(row(key)));
            if (section.name().equals("providers")) {
                text.append(ANY_PROVIDER);
                ProviderKeys.all().forEach(key -> text.append(row(key)));
            }
        }
        text.append(NOT_YET);
        UnsupportedKeys.all().forEach(key -> text.append(row(key)));
        return text.toString();
    }

    private static String row(Key<?> key) {
        String defaultText = key.defaultText().isEmpty() ? "none" : code(key.defaultText());
        return "| %s | %s | %s | %s Must be %s. |\n"
                .formatted(code(key.path()), codes(key.environment()), defaultText, key.sentence(), key.expected());
    }

    private static String row(UnsupportedKeys.UnsupportedKey key) {
        return "| %s | %s |\n".formatted(code(key.path()), codes(key.environment()));
    }

    private static String codes(List<String> names) {
        return names.isEmpty() ? "-" : names.stream().map(Reference::code).collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
