package dev.ccproxy.config;

import dev.ccproxy.config.RouteSettings.Action;
import dev.ccproxy.config.RouteSettings.Conditions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private final EntryReading entries = new EntryReading("rule");
    private final List<RouteSettings> routes = new ArrayList<>();

    RouteReading(String text) {
        if (text.isEmpty()) {
            return;
        }
        Optional<YamlTree> tree = YamlTree.parse(text);
        if (tree.isEmpty()) {
            entries.wrong("this is no YAML: look at the indentation, and put a text that begins with * in quotes");
        } else if (tree.get() instanceof YamlTree.Elements(List<YamlTree> rules)) {
            entries.each(rules, this::rule);
            Set<String> names = new HashSet<>();
            routes.stream()
                    .map(RouteSettings::name)
                    .filter(name -> !names.add(name))
                    .findFirst()
                    .ifPresent(twice -> entries.wrong("the name " + twice + " is there twice"));
        } else {
            entries.wrong("must be a list of rules, such as [{kind: title, to: openai/gpt-4o-mini}]");
        }
    }

    Optional<List<RouteSettings>> routes() {
        return entries.unlessWrong(routes);
    }

    /** One sentence; empty where nothing is wrong. */
    String problem() {
        return entries.problem();
    }

    private void rule(YamlTree tree) {
        if (!(tree instanceof YamlTree.Members(Map<String, YamlTree> members))) {
            entries.wrong("must be a mapping of conditions and an action");
            return;
        }
        entries.checkNames(members, MEMBERS);
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
        String name = entries.text(members, "name").orElse("route " + entries.number());
        action(members).ifPresent(action -> routes.add(new RouteSettings(name, conditions, action)));
    }

    private Optional<Action> action(Map<String, YamlTree> members) {
        Optional<String> to = entries.text(members, "to");
        Optional<String> refuse = entries.text(members, "refuse");
        if (to.isPresent() == refuse.isPresent()) {
            entries.wrong("needs either to (a provider and a model, such as openrouter/qwen3) or refuse (a message)");
            return Optional.empty();
        }
        List<String> fallback = texts(members, "fallback");
        if (refuse.isPresent() && !fallback.isEmpty()) {
            entries.wrong("what is refused has no fallback");
        }
        return Optional.of(to.<Action>map(model -> new Action.Send(model, fallback))
                .orElseGet(() -> new Action.Refuse(refuse.orElseThrow())));
    }

    private List<String> kinds(Map<String, YamlTree> members) {
        List<String> kinds = texts(members, "kind");
        kinds.stream().filter(kind -> !KINDS.contains(kind)).findFirst().ifPresent(kind -> {
            List<String> known = KINDS.stream().sorted().toList();
            entries.wrong("there is no kind " + kind + EntryReading.meant(kind, known));
        });
        return kinds;
    }

    private List<String> texts(Map<String, YamlTree> members, String name) {
        YamlTree value = members.get(name);
        if (!(value instanceof YamlTree.Elements(List<YamlTree> elements))) {
            return entries.text(members, name).map(List::of).orElse(List.of());
        }
        List<String> texts = new ArrayList<>();
        for (YamlTree element : elements) {
            if (element instanceof YamlTree.Text(String text) && !text.isEmpty()) {
                texts.add(text);
            } else {
                entries.wrong(name + " must be a text or a list of texts");
            }
        }
        return texts;
    }

    private Optional<Long> count(Map<String, YamlTree> members, String name) {
        return entries.text(members, name).flatMap(text -> {
            Optional<Long> count = Numbers.whole(text, 0, Integer.MAX_VALUE).map(Integer::longValue);
            if (count.isEmpty()) {
                entries.wrong(name + " must be a whole number");
            }
            return count;
        });
    }

    private Optional<Boolean> truth(Map<String, YamlTree> members, String name) {
        return entries.text(members, name).flatMap(text -> {
            Optional<Boolean> truth = ValueTypes.BOOLEAN.reader().apply(text);
            if (truth.isEmpty()) {
                entries.wrong(name + " must be true or false");
            }
            return truth;
        });
    }
}
