package dev.ccproxy.api;

import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.QueryProblem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The settings that can be made on the dashboard: declared here and nowhere else. */
enum DashboardSetting {
    THEME("dashboard.theme", "\"system\"") {
        @Override
        Optional<String> complaint(JsonNode value) {
            return value.isString() && THEMES.contains(value.asString())
                    ? Optional.empty()
                    : Optional.of("must be one of \"" + String.join("\", \"", THEMES) + "\"");
        }
    },
    SAVED_VIEWS("dashboard.saved_views", "[]") {
        @Override
        Optional<String> complaint(JsonNode value) {
            if (!value.isArray() || value.size() > MOST_VIEWS) {
                return Optional.of("must be an array of at most " + MOST_VIEWS + " {\"name\", \"q\"}");
            }
            return value.valueStream()
                    .map(DashboardSetting::viewComplaint)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    };

    private static final List<String> THEMES = List.of("system", "light", "dark");
    private static final int MOST_VIEWS = 50;
    private static final int MOST_NAME_CHARS = 60;

    private final String name;
    private final String otherwise;

    DashboardSetting(String name, String otherwise) {
        this.name = name;
        this.otherwise = otherwise;
    }

    static Optional<DashboardSetting> named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.name.equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(setting -> setting.name).toList();
    }

    String settingName() {
        return name;
    }

    /** The JSON that holds where nobody made another. */
    String otherwise() {
        return otherwise;
    }

    /** What is wrong with a value, to be read behind the setting's name; empty when nothing is. */
    abstract Optional<String> complaint(JsonNode value);

    private static Optional<String> viewComplaint(JsonNode view) {
        JsonNode name = view.path("name");
        JsonNode query = view.path("q");
        if (view.size() != 2 || !name.isString() || !query.isString()) {
            return Optional.of("must hold objects of a \"name\" and a \"q\", both texts");
        }
        if (name.asString().isBlank() || name.asString().length() > MOST_NAME_CHARS) {
            return Optional.of("must hold names of 1 to " + MOST_NAME_CHARS + " characters");
        }
        Parsed parsed = Query.parse(query.asString(), new Moment(Instant.EPOCH, ZoneOffset.UTC));
        return switch (parsed) {
            case Parsed.Understood(Query _) -> Optional.empty();
            case Parsed.Misunderstood(QueryProblem problem) ->
                Optional.of("must hold queries, which \"" + name.asString() + "\" is not: "
                        + problem.problem().replaceFirst("\\.$", ""));
        };
    }
}
