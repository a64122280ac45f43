package dev.ccproxy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .env}: {@code NAME=value} lines, {@code export} before them, {@code #} comments, quotes that may span
 * lines. {@code $NAME} is not expanded. Where a name stands twice, the last one holds.
 */
final class DotEnvFile {

    static final String NAME = ".env";

    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(?<value>.*)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    private final List<String> lines;
    private final Map<String, Variable> variables = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private DotEnvFile(List<String> lines) {
        this.lines = lines;
    }

    /** What the file says. */
    record Contents(Map<String, Variable> variables, List<Problem> problems) {
        Contents {
            variables = Map.copyOf(variables);
            problems = List.copyOf(problems);
        }
    }

    /** Reads the file; a missing one is empty, and so is a folder of that name (a Python environment). */
    static Contents read(Path file) {
        if (!Files.isRegularFile(file)) {
            return new Contents(Map.of(), List.of());
        }
        try {
            return parse(Files.readString(file));
        } catch (CharacterCodingException notUtf8) {
            return failed("must be UTF-8 text");
        } catch (IOException unreadable) {
            return failed("cannot be read: " + unreadable.getMessage());
        }
    }

    static Contents parse(String text) {
        DotEnvFile file = new DotEnvFile(text.lines().toList());
        int line = 0;
        while (line < file.lines.size()) {
            line = file.statement(line);
        }
        return new Contents(file.variables, file.problems);
    }

    private static Contents failed(String remedy) {
        return new Contents(Map.of(), List.of(new Problem(NAME, "the file", remedy)));
    }

    /** Reads the statement that starts at this line (from 0), and answers where the next one starts. */
    private int statement(int line) {
        String text = lines.get(line).strip();
        Matcher assignment = ASSIGNMENT.matcher(text);
        if (text.isEmpty() || text.startsWith("#")) {
            return line + 1;
        }
        if (!assignment.matches()) {
            // The line itself is not shown: it may hold a secret.
            problems.add(new Problem(NAME + ":" + (line + 1), "the line", "must be NAME=value or a # comment"));
            return line + 1;
        }
        String name = assignment.group("name");
        String value = assignment.group("value");
        if (value.startsWith("\"") || value.startsWith("'")) {
            return quoted(name, value, line);
        }
        put(name, COMMENT.matcher(value).replaceFirst("").strip(), line);
        return line + 1;
    }

    private int quoted(String name, String start, int line) {
        char quote = start.charAt(0);
        StringBuilder rest = new StringBuilder(start.substring(1));
        int last = line;
        Optional<String> value = untilQuote(rest, quote);
        while (value.isEmpty() && last + 1 < lines.size()) {
            last++;
            rest.append('\n').append(lines.get(last));
            value = untilQuote(rest, quote);
        }
        if (value.isEmpty()) {
            problems.add(new Problem(NAME + ":" + (line + 1), name, "has an opening " + quote + " but no closing one"));
            return line + 1;
        }
        put(name, value.get(), line);
        return last + 1;
    }

    /** In double quotes a backslash escapes; in single quotes everything is as written. */
    private static Optional<String> untilQuote(CharSequence text, char quote) {
        StringBuilder value = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == quote) {
                return Optional.of(value.toString());
            }
            if (character == '\\' && quote == '"' && index + 1 < text.length()) {
                index++;
                character = text.charAt(index) == 'n' ? '\n' : text.charAt(index);
            }
            value.append(character);
        }
        return Optional.empty();
    }

    private void put(String name, String value, int line) {
        variables.put(name, new Variable(value, new Origin.FileLine(NAME, line + 1)));
    }
}
