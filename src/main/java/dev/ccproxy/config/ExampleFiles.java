package dev.ccproxy.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes {@code config.yaml.example} and {@code .env.example}: every key, none of them set. */
final class ExampleFiles {

    private static final String HEAD = """
            # Every setting with its default. Copied as it is, this file changes nothing.
            # Written by `./ccproxy docs`: do not edit the example itself. Reference: docs/configuration.md
            """;

    /** Not a key each, because none of them has a meaning before the provider has a name and an address. */
    private static final String OTHER_PROVIDER = """
              # Any other provider, under a name of its own; docs/configuration.md lists what it may say.
              #   openrouter:
              #     base_url: https://openrouter.ai/api/v1
              #     api_key: ...
            """;

    private ExampleFiles() {}

    static String yaml() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Section section : Section.all()) {
            text.append("\n# ").append(section.sentence()).append('\n');
            List<String> open = new ArrayList<>();
            for (Key<?> key : section.keys()) {
                List<String> names = Arrays.asList(key.path().split("\\."));
                openSections(names.subList(0, names.size() - 1), open, text);
                String indent = "  ".repeat(names.size() - 1);
                text.append(indent).append("# ").append(key.sentence()).append('\n');
                text.append(indent).append("# ").append(names.getLast()).append(":");
                text.append(key.defaultText().isEmpty() ? "" : " " + key.defaultText())
                        .append('\n');
            }
            if (section.name().equals("providers")) {
                text.append(OTHER_PROVIDER);
            }
        }
        return text.toString();
    }

    /** Writes the section lines that lead to a key, but for those that the key before it has opened. */
    private static void openSections(List<String> sections, List<String> open, StringBuilder text) {
        int common = 0;
        while (common < Math.min(sections.size(), open.size())
                && sections.get(common).equals(open.get(common))) {
            common++;
        }
        for (int depth = common; depth < sections.size(); depth++) {
            text.append("  ".repeat(depth)).append(sections.get(depth)).append(":\n");
        }
        open.clear();
        open.addAll(sections);
    }

    static String dotEnv() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Section section : Section.all()) {
            text.append("\n# ").append(section.sentence()).append('\n');
            for (Key<?> key : section.keys()) {
                if (key.environment().isEmpty()) {
                    continue;
                }
                text.append("# ").append(key.sentence()).append('\n');
                text.append("# ").append(key.environment().getFirst()).append('=');
                text.append(key.defaultText()).append('\n');
            }
        }
        return text.toString();
    }
}
