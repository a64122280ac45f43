package dev.ccproxy.agents;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An agent as its definition file says it.
 *
 * @param prompt the text behind the front matter, without white space around it: the client begins the agent's system
 *     prompt with it, to the letter
 */
public record AgentDefinition(String name, String prompt, Path file) {

    private static final String FENCE = "---";

    /** Reads a file's text; empty where it has no front matter or no prompt. */
    static Optional<AgentDefinition> of(Path file, String text) {
        String unified = text.startsWith("\uFEFF") ? text.substring(1) : text;
        unified = unified.replace("\r\n", "\n");
        if (!unified.startsWith(FENCE + "\n")) {
            return Optional.empty();
        }
        int end = endOfFrontMatter(unified);
        if (end < 0) {
            return Optional.empty();
        }
        String prompt = unified.substring(end).strip();
        String name = name(unified.substring(0, end)).orElseGet(() -> fileName(file));
        return prompt.isEmpty() ? Optional.empty() : Optional.of(new AgentDefinition(name, prompt, file));
    }

    /** Behind the line that closes the front matter; later lines of the same look belong to the prompt. */
    private static int endOfFrontMatter(String text) {
        int line = FENCE.length() + 1;
        while (line < text.length()) {
            int newline = text.indexOf('\n', line);
            int end = newline < 0 ? text.length() : newline;
            if (text.substring(line, end).stripTrailing().equals(FENCE)) {
                return Math.min(end + 1, text.length());
            }
            line = end + 1;
        }
        return -1;
    }

    private static Optional<String> name(String frontMatter) {
        return frontMatter
                .lines()
                .filter(line -> line.startsWith("name:"))
                .map(line -> line.substring("name:".length()).strip())
                .map(name -> name.replaceAll("^([\"'])(.*)\\1$", "$2"))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
    }

    /**
     * Whether a system text is this agent's: its prompt, alone or with what the client adds behind an empty line.
     */
    boolean isIn(String systemText) {
        String text = systemText.strip();
        return text.startsWith(prompt)
                && (text.length() == prompt.length() || text.startsWith("\n\n", prompt.length()));
    }
}
