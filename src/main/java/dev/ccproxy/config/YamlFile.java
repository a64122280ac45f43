package dev.ccproxy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads {@code config.yaml}, keeping the line of every value.
 *
 * <p>Only the nodes are used, never YAML's own idea of types: {@code version: 2023-06-01} is the text that stands there.
 * A key without a value, or with an empty one, counts as not set.
 */
final class YamlFile {

    private final String name;
    private final Reading.Builder reading = new Reading.Builder();
    private final Set<String> seen = new HashSet<>();

    private YamlFile(String name) {
        this.name = name;
    }

    /**
     * Reads the file.
     *
     * @param name how messages call it
     */
    static Reading read(Path file, String name) {
        try {
            return parse(Files.readString(file), name);
        } catch (CharacterCodingException notUtf8) {
            return Reading.problem(new Problem(name, "the file", "must be UTF-8 text"));
        } catch (IOException unreadable) {
            return Reading.problem(new Problem(name, "the file", "cannot be read: " + unreadable.getMessage()));
        }
    }

    static Reading parse(String text, String name) {
        YamlFile file = new YamlFile(name);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .setAllowNonScalarKeys(true)
                .build();
        try {
            new Compose(settings).composeString(text).ifPresent(file::root);
        } catch (MarkedYamlEngineException malformed) {
            int line = malformed.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            return Reading.problem(new Problem(name + ":" + line, "not YAML", malformed.getProblem()));
        } catch (YamlEngineException malformed) {
            return Reading.problem(new Problem(name, "not YAML", String.valueOf(malformed.getMessage())));
        }
        return file.reading.build();
    }

    private void root(Node node) {
        switch (node) {
            case MappingNode mapping -> mapping("", mapping);
            case ScalarNode scalar when isEmpty(scalar) -> {}
            default -> problem(node, "the file", "must hold keys and values, such as server: or log:");
        }
    }

    private void mapping(String section, MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                String path = section.isEmpty() ? key.getValue() : section + "." + key.getValue();
                entry(path, key, tuple.getValueNode());
            } else {
                problem(tuple.getKeyNode(), section.isEmpty() ? "a key" : "a key in " + section, "must be plain text");
            }
        }
    }

    private void entry(String path, ScalarNode keyNode, Node value) {
        if (!seen.add(path)) {
            problem(keyNode, path, "is there twice; keep one");
            return;
        }
        Optional<Key<?>> key = Keys.find(path);
        if (key.isPresent()) {
            value(key.get(), value);
        } else if (KnownNames.isSection(path)) {
            section(path, value);
        } else if (!(value instanceof ScalarNode scalar && isEmpty(scalar))) {
            reading.add(KnownNames.unusable(origin(keyNode).description(), path));
        }
    }

    private void section(String path, Node value) {
        switch (value) {
            case MappingNode mapping -> mapping(path, mapping);
            case ScalarNode scalar when isEmpty(scalar) -> {}
            default -> problem(value, path, "is a section: its keys go below it, indented");
        }
    }

    private void value(Key<?> key, Node value) {
        switch (value) {
            case ScalarNode scalar when isEmpty(scalar) -> {}
            case ScalarNode scalar ->
                reading.add(new Given(key, scalar.getValue().strip(), origin(scalar)));
            default -> structure(key, value);
        }
    }

    private void structure(Key<?> key, Node value) {
        switch (key.type().shape()) {
            case ValueType.Shape.CommaList(List<String> members)
            when value instanceof SequenceNode list -> list(key, members, list);
            case ValueType.Shape.Tree _ -> reading.add(new Given(key, YamlTree.json(value), origin(value)));
            case ValueType.Shape.Text _, ValueType.Shape.CommaList _ ->
                problem(value, key.path(), "must be " + key.expected());
        }
    }

    private void list(Key<?> key, List<String> members, SequenceNode list) {
        StringBuilder joined = new StringBuilder();
        for (Node element : list.getValue()) {
            Optional<String> text = element(members, element);
            if (text.isEmpty()) {
                problem(element, key.path(), "must be " + key.expected());
                return;
            }
            joined.append(joined.isEmpty() ? "" : ",").append(text.get());
        }
        if (!joined.isEmpty()) {
            reading.add(new Given(key, joined.toString(), origin(list)));
        }
    }

    private static Optional<String> element(List<String> members, Node element) {
        return switch (element) {
            case ScalarNode scalar -> Optional.of(scalar.getValue());
            case MappingNode mapping -> joined(members, mapping);
            default -> Optional.empty();
        };
    }

    /** The values of a mapping that has exactly these keys, in their order. */
    private static Optional<String> joined(List<String> members, MappingNode mapping) {
        Map<String, String> values = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name && tuple.getValueNode() instanceof ScalarNode value) {
                values.put(name.getValue(), value.getValue().strip());
            }
        }
        boolean exact =
                !members.isEmpty() && values.size() == mapping.getValue().size();
        return exact && values.keySet().equals(Set.copyOf(members))
                ? Optional.of(members.stream().map(values::get).collect(Collectors.joining(":")))
                : Optional.empty();
    }

    private static boolean isEmpty(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank();
    }

    private void problem(Node node, String statement, String remedy) {
        reading.add(new Problem(origin(node).description(), statement, remedy));
    }

    private Origin origin(Node node) {
        return new Origin.FileLine(name, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }
}
