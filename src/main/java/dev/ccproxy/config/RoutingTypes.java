package dev.ccproxy.config;

import dev.ccproxy.config.ProviderSettings.HeaderLine;
import dev.ccproxy.config.SubagentSettings.Mapping;
import dev.ccproxy.translate.Quirk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that providers, mappings and routes have. */
final class RoutingTypes {

    static final ValueType<ApiKey> API_KEY = new ValueType<>(
            "SECRET",
            "a key of visible ASCII characters",
            text -> Optional.of(text).filter(it -> it.matches("[!-~]+")).map(ApiKey::new));

    static final ValueType<String> HEADER_NAME = new ValueType<>(
            "HEADER",
            "the name of a header, such as api-key",
            text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(RoutingTypes::isHeaderName));

    static final ValueType<List<HeaderLine>> HEADER_LINES = new ValueType<>(
                    "HEADERS", "a mapping of header names to values, such as {X-Title: my team}", RoutingTypes::lines)
            .maskedBy(RoutingTypes::namesOnly)
            .orTree();

    static final ValueType<String> TARGET_PATH = new ValueType<>(
            "PATH",
            "a path that begins with / and holds no blanks and no #",
            text -> Optional.of(text).filter(it -> it.matches("/[!-\"$-~]*")));

    static final ValueType<Set<Quirk>> QUIRKS = new ValueType<Set<Quirk>>(
                    "WORDS",
                    "some of " + Arrays.stream(Quirk.values()).map(Quirk::label).collect(Collectors.joining(", ")),
                    RoutingTypes::quirks)
            .orList();

    static final ValueType<Long> COUNT = new ValueType<>(
            "NUMBER",
            "a whole number",
            text -> Numbers.whole(text, 0, Integer.MAX_VALUE).map(Integer::longValue));

    static final ValueType<List<Mapping>> MAPPINGS = new ValueType<>(
                    "MAPPINGS",
                    "a mapping of names of agents to models, such as {code-reviewer: gpt-4o}, or"
                            + " code-reviewer:gpt-4o,data-analyst:o3",
                    RoutingTypes::mappings)
            .orTree();

    static final ValueType<List<Path>> DIRECTORIES = new ValueType<List<Path>>(
                    "FOLDERS", "folders, as a list or separated by commas", RoutingTypes::directories)
            .orList();

    static final ValueType<List<RouteSettings>> ROUTES = new ValueType<>(
                    "ROUTES",
                    "a list of rules, each with conditions and either to or refuse, such as"
                            + " [{kind: title, to: openai/gpt-4o-mini}]",
                    text -> new RouteReading(text).routes())
            .explainedBy(text -> new RouteReading(text).problem())
            .orTree();

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** Headers that the proxy itself sets, or that concern the connection only. */
    private static final Set<String> NOT_FREE = Set.of(
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "expect",
            "host",
            "te",
            "transfer-encoding",
            "upgrade");

    private RoutingTypes() {}

    private static boolean isHeaderName(String name) {
        return TOKEN.matcher(name).matches() && !NOT_FREE.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Optional<List<HeaderLine>> lines(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        return members(text).flatMap(values -> {
            List<HeaderLine> lines = new ArrayList<>();
            for (Map.Entry<String, YamlTree> member : values.entrySet()) {
                boolean sound = isHeaderName(member.getKey())
                        && member.getValue() instanceof YamlTree.Text(String value)
                        && value.matches("[ -~]+");
                if (!sound || !(member.getValue() instanceof YamlTree.Text(String value))) {
                    return Optional.empty();
                }
                lines.add(new HeaderLine(member.getKey(), value));
            }
            return Optional.of(lines);
        });
    }

    private static String namesOnly(String text) {
        return lines(text)
                .map(lines ->
                        lines.stream().map(line -> line.name() + ": ***").collect(Collectors.joining(", ", "{", "}")))
                .orElse("(hidden)");
    }

    private static Optional<Set<Quirk>> quirks(String text) {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        for (String word : commaSeparated(text)) {
            Optional<Quirk> quirk = Arrays.stream(Quirk.values())
                    .filter(it -> it.label().equals(word))
                    .findFirst();
            if (quirk.isEmpty()) {
                return Optional.empty();
            }
            quirks.add(quirk.get());
        }
        return Optional.of(quirks);
    }

    private static Optional<List<Mapping>> mappings(String text) {
        List<Mapping> mappings = new ArrayList<>();
        if (text.startsWith("{")) {
            Optional<Map<String, YamlTree>> members = members(text);
            if (members.isEmpty()) {
                return Optional.empty();
            }
            members.get()
                    .forEach((agent, model) -> mappings.add(
                            new Mapping(agent.strip(), model instanceof YamlTree.Text(String name) ? name : "")));
        } else {
            // The last part of an agent's name may be behind a colon (of a plugin): such a one needs the other form.
            for (String entry : commaSeparated(text)) {
                int colon = entry.indexOf(':');
                mappings.add(
                        colon < 0
                                ? new Mapping(entry, "")
                                : new Mapping(
                                        entry.substring(0, colon).strip(),
                                        entry.substring(colon + 1).strip()));
            }
        }
        boolean whole = mappings.stream()
                .noneMatch(
                        mapping -> mapping.agent().isEmpty() || mapping.model().isEmpty());
        boolean unique = mappings.stream().map(Mapping::agent).distinct().count() == mappings.size();
        return whole && unique ? Optional.of(mappings) : Optional.empty();
    }

    private static Optional<List<Path>> directories(String text) {
        try {
            return Optional.of(commaSeparated(text).stream().map(Path::of).toList());
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, YamlTree>> members(String text) {
        return YamlTree.parse(text)
                .flatMap(tree -> tree instanceof YamlTree.Members(Map<String, YamlTree> values)
                        ? Optional.of(values)
                        : Optional.empty());
    }

    private static List<String> commaSeparated(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
