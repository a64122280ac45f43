package dev.ccproxy.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A value that is more than one text. Its source may be YAML or, as an option or a variable, the same written on one line;
 * JSON is such a line.
 */
sealed interface YamlTree {

    /** A text, whatever it looks like. */
    record Text(String value) implements YamlTree {}

    /** Elements in their order. */
    record Elements(List<YamlTree> values) implements YamlTree {
        public Elements {
            values = List.copyOf(values);
        }
    }

    /** Members in their order. */
    record Members(Map<String, YamlTree> values) implements YamlTree {}

    /** Reads a text; empty where it is no YAML, or refers to itself. */
    static Optional<YamlTree> parse(String text) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        try {
            return new Compose(settings).composeString(text).map(node -> of(node, 0));
        } catch (YamlEngineException malformed) {
            return Optional.empty();
        }
    }

    /** The node as JSON on one line, in which every scalar is a string. */
    static String json(Node node) {
        StringBuilder text = new StringBuilder();
        try {
            of(node, 0).write(text);
        } catch (YamlEngineException circular) {
            return "";
        }
        return text.toString();
    }

    private static YamlTree of(Node node, int depth) {
        if (depth > 20) {
            throw new YamlEngineException("too deep");
        }
        return switch (node) {
            case ScalarNode scalar -> new Text(scalar.getValue().strip());
            case SequenceNode list ->
                new Elements(list.getValue().stream()
                        .map(element -> of(element, depth + 1))
                        .toList());
            case MappingNode mapping -> {
                Map<String, YamlTree> members = new LinkedHashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
                    members.put(name, of(tuple.getValueNode(), depth + 1));
                }
                yield new Members(members);
            }
            default -> new Text("");
        };
    }

    private void write(StringBuilder text) {
        switch (this) {
            case Text(String value) -> quote(value, text);
            case Elements(List<YamlTree> values) -> {
                String separator = "[";
                for (YamlTree value : values) {
                    text.append(separator);
                    value.write(text);
                    separator = ", ";
                }
                text.append(values.isEmpty() ? "[]" : "]");
            }
            case Members(Map<String, YamlTree> values) -> {
                String separator = "{";
                for (Map.Entry<String, YamlTree> member : values.entrySet()) {
                    text.append(separator);
                    quote(member.getKey(), text);
                    text.append(": ");
                    member.getValue().write(text);
                    separator = ", ";
                }
                text.append(values.isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        text.append('"');
    }
}
