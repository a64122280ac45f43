package dev.ccproxy.config;

import java.util.List;

/**
 * A top-level section of the YAML file.
 *
 * @param name such as {@code server}
 */
record Section(String name, String sentence) {

    private static final List<Section> ALL = List.of(
            new Section("server", "The ports, and who may connect."),
            new Section("dashboard", "The pages that show what is recorded."),
            new Section("auth", "Who may send requests through the proxy."),
            new Section("cors", "Which foreign web pages may use the API."),
            new Section("providers", "The model servers that requests are forwarded to."),
            new Section("subagents", "Which subagents are answered by other models."),
            new Section("routes", "Which requests are answered by other models, by rules."),
            new Section("storage", "What is recorded, and where."),
            new Section("search", "How text is found."),
            new Section("transcripts", "Claude Code's own session files, shown beside what is recorded."),
            new Section("pricing", "What tokens cost, where the built-in price list does not say or says otherwise."),
            new Section("log", "What the program says about itself."),
            new Section(
                    "outbound_proxy",
                    "A proxy between this program and the provider. The variables are those that other programs read too."));

    static List<Section> all() {
        return ALL;
    }

    List<Key<?>> keys() {
        return Keys.all().stream()
                .filter(key -> key.path().equals(name) || key.path().startsWith(name + "."))
                .toList();
    }
}
