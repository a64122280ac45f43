package dev.ccproxy.config;

import dev.ccproxy.config.RouteSettings.Action;
import dev.ccproxy.config.RouteSettings.Conditions;
import dev.ccproxy.spelling.NearestWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes}, and tells the first thing that is wrong with it. For one thread. */
final class RouteReading {

    private static final List<String> MEMBERS = List.of(
            "name",
            "agent",
            "agent_type",
            "kind",
            "model",
            "path",
            "session",
            "tokens_over",
            "tokens_under",
            "tools",
            "thinking",
            "to",
            "refuse",
            "fallback");

    private static final Set<String> KINDS =
            Set.of("main", "subagent", "title", "compaction", "count_tokens", "classifier", "other");

    private final List<RouteSettings> routes = new ArrayList<>();
    private @Nullable String problem;
    private int number;

    RouteReading(String text) {
        if (text.isEmpty()) {
            return;
        }
        Optional<YamlTree> tree = YamlTree.parse(text);
        if (tree.isPresent() && tree.get() instanceof YamlTree.Elements(List<YamlTree> rules)) {
            rules.forEach(this::rule);
            Set<String> names = new HashSet<>();
            routes.stream()
                    .map(RouteSettings::name)
                    .filter(name -> !names.add(name))
                    .findFirst()
                    .ifPresent(twice -> wrong("the name " + twice + " is there twice"));
        } else {
            wrong("must be a list of rules, such as [{kind: title, to: openai/gpt-4o-mini}]");
        }
    }

    Optional<List<RouteSettings>> routes() {
        return problem == null ? Optional.of(routes) : Optional.empty();
    }

    /** One sentence; empty where nothing is wrong. */
    String problem() {
        return problem == null ? "" : problem;
    }

    private void wrong(String what) {
        if (problem == null) {
            problem = number == 0 ? what : "rule " + number + ": " + what;
        }
    }

    private void rule(YamlTree tree) {
        number++;
        if (!(tree instanceof YamlTree.Members(Map<String, YamlTree> members))) {
            wrong("must be a mapping of conditions and an action");
            return;
        }
        members.keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst()
                .ifPresent(unknown -> wrong("unknown key " + unknown
                        + NearestWord.to(unknown, MEMBERS)
                                .map(meant -> "; did you mean " + meant + "?")
                                .orElse("; there are " + String.join(", ", MEMBERS))));
        Conditions conditions = new Conditions(
                texts(members, "agent"),
                texts(members, "agent_type"),
                kinds(members),
                texts(members, "model"),
                texts(members, "path"),
                texts(members, "session"),
                count(members, "tokens_over"),
                count(members, "tokens_under"),
                truth(members, "tools"),
                truth(members, "thinking"));
        String name = text(members, "name").orElse("route " + number);
        action(members).ifPresent(action -> routes.add(new RouteSettings(name, conditions, action)));
    }

    private Optional<Action> action(Map<String, YamlTree> members) {
        Optional<String> to = text(members, "to");
        Optional<String> refuse = text(members, "refuse");
        if (to.isPresent() == refuse.isPresent()) {
            wrong("needs either to (a provider and a model, such as openrouter/qwen3) or refuse (a message)");
            return Optional.empty();
        }
        List<String> fallback = texts(members, "fallback");
        if (refuse.isPresent() && !fallback.isEmpty()) {
            wrong("what is refused has no fallback");
        }
        return Optional.of(to.<Action>map(model -> new Action.Send(model, fallback))
                .orElseGet(() -> new Action.Refuse(refuse.orElseThrow())));
    }

    private List<String> kinds(Map<String, YamlTree> members) {
        List<String> kinds = texts(members, "kind");
        kinds.stream().filter(kind -> !KINDS.contains(kind)).findFirst().ifPresent(kind -> {
            List<String> known = KINDS.stream().sorted().toList();
            wrong("there is no kind " + kind
                    + NearestWord.to(kind, known)
                            .map(meant -> "; did you mean " + meant + "?")
                            .orElse("; there are " + String.join(", ", known)));
        });
        return kinds;
    }

    private Optional<String> text(Map<String, YamlTree> members, String name) {
        YamlTree value = members.get(name);
        if (value == null || (value instanceof YamlTree.Text(String nothing) && nothing.isEmpty())) {
            return Optional.empty();
        }
        if (value instanceof YamlTree.Text(String text)) {
            return Optional.of(text);
        }
        wrong(name + " must be a text");
        return Optional.empty();
    }

    private List<String> texts(Map<String, YamlTree> members, String name) {
        YamlTree value = members.get(name);
        if (!(value instanceof YamlTree.Elements(List<YamlTree> elements))) {
            return text(members, name).map(List::of).orElse(List.of());
        }
        List<String> texts = new ArrayList<>();
        for (YamlTree element : elements) {
            if (element instanceof YamlTree.Text(String text) && !text.isEmpty()) {
                texts.add(text);
            } else {
                wrong(name + " must be a text or a list of texts");
            }
        }
        return texts;
    }

    private Optional<Long> count(Map<String, YamlTree> members, String name) {
        return text(members, name).flatMap(text -> {
            Optional<Long> count = Numbers.whole(text, 0, Integer.MAX_VALUE).map(Integer::longValue);
            if (count.isEmpty()) {
                wrong(name + " must be a whole number");
            }
            return count;
        });
    }

    private Optional<Boolean> truth(Map<String, YamlTree> members, String name) {
        return text(members, name).flatMap(text -> {
            Optional<Boolean> truth = ValueTypes.BOOLEAN.reader().apply(text);
            if (truth.isEmpty()) {
                wrong(name + " must be true or false");
            }
            return truth;
        });
    }
}
