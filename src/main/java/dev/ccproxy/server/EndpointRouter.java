package dev.ccproxy.server;

import dev.ccproxy.http.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds the endpoint of a method and path. Immutable. */
final class EndpointRouter {

    /** What a look-up found. */
    sealed interface Match {
        record Found(Endpoint endpoint, Map<String, String> pathValues) implements Match {}

        /** The path exists, with other methods: the value of {@code Allow}. */
        record WrongMethod(String allow) implements Match {}

        record Nothing() implements Match {}
    }

    private record Template(Endpoint endpoint, List<String> segments) {}

    private final List<Template> templates = new ArrayList<>();

    EndpointRouter(List<Endpoint> endpoints) {
        endpoints.forEach(endpoint -> templates.add(new Template(endpoint, segments(endpoint.path()))));
    }

    /** Looks a request up; literal segments win over braces, and GET answers HEAD where nothing else does. */
    Match find(String method, List<String> path) {
        TreeSet<String> allowed = new TreeSet<>();
        Template best = null;
        for (Template template : templates) {
            if (!matches(template.segments, path)) {
                continue;
            }
            String own = template.endpoint.method();
            allowed.add(own);
            boolean serves = own.equals(method) || (method.equals("HEAD") && own.equals("GET"));
            if (serves && (best == null || moreExact(template, best, method))) {
                best = template;
            }
        }
        if (best != null) {
            return new Match.Found(best.endpoint, values(best.segments, path));
        }
        if (allowed.isEmpty()) {
            return new Match.Nothing();
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return new Match.WrongMethod(String.join(", ", allowed));
    }

    private static boolean moreExact(Template one, Template other, String method) {
        int difference = braces(one.segments) - braces(other.segments);
        return difference < 0
                || (difference == 0
                        && one.endpoint.method().equals(method)
                        && !other.endpoint.method().equals(method));
    }

    private static int braces(List<String> segments) {
        int count = 0;
        for (String segment : segments) {
            count += segment.equals("**") ? 100 : segment.startsWith("{") ? 1 : 0;
        }
        return count;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean matches(List<String> template, List<String> path) {
        boolean open = template.getLast().equals("**");
        int fixed = open ? template.size() - 1 : template.size();
        if (open ? path.size() < template.size() : path.size() != template.size()) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            boolean brace = template.get(i).startsWith("{");
            if (brace ? path.get(i).isEmpty() : !template.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> values(List<String> template, List<String> path) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            if (template.get(i).startsWith("{")) {
                values.put(template.get(i).substring(1, template.get(i).length() - 1), path.get(i));
            } else if (template.get(i).equals("**")) {
                values.put("**", String.join("/", path.subList(i, path.size())));
            }
        }
        return values;
    }
}
