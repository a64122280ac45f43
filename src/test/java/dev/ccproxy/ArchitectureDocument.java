package dev.ccproxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The two tables of {@code docs/architecture.md}.
 *
 * @param arrows package to the packages it may use
 * @param libraries prefix of outside classes to the packages that may use them
 */
record ArchitectureDocument(Map<String, Set<String>> arrows, Map<String, Set<String>> libraries) {

    /** Stands for every package. */
    static final String EVERYTHING = "*";

    static ArchitectureDocument read() throws IOException {
        return parse(Files.readAllLines(Path.of("docs", "architecture.md")));
    }

    static ArchitectureDocument parse(List<String> lines) {
        return new ArchitectureDocument(table(lines, "| package |", 3), table(lines, "| prefix |", 2));
    }

    private static Map<String, Set<String>> table(List<String> lines, String heading, int namesColumn) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith(heading)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                rows.put(cells[1].strip().replace("`", ""), names(cells[namesColumn].strip()));
            }
        }
        return rows;
    }

    private static Set<String> names(String cell) {
        return switch (cell) {
            case "-" -> Set.of();
            case "everything", "everywhere" -> Set.of(EVERYTHING);
            default -> Arrays.stream(cell.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
        };
    }

    ArchitectureDocument withArrows(Map<String, Set<String>> changed) {
        return new ArchitectureDocument(changed, libraries);
    }

    ArchitectureDocument withLibraries(Map<String, Set<String>> changed) {
        return new ArchitectureDocument(arrows, changed);
    }
}
