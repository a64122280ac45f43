package dev.ccproxy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares compiled classes with {@link ArchitectureDocument}; each rule gives what breaks it, one sentence each. */
final class ArchitectureRules {

    private static final String ROOT = "dev.ccproxy";
    private static final Set<String> PURE =
            Set.of("json", "sse", "anthropic", "openai", "translate", "exchange", "query", "search", "spelling");
    private static final Set<String> ONLY_FOR_APP = Set.of("storage.jdbc", "server");
    private static final Set<String> EMPTY_NAMES = Set.of("util", "common", "helper", "impl", "model", "service");
    private static final List<String> INPUT_OUTPUT = List.of(
            "java.nio.file.",
            "java.nio.channels.",
            "java.sql.",
            "java.io.File",
            "java.io.RandomAccessFile",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.URLConnection",
            "java.net.HttpURLConnection",
            "java.net.http.",
            "java.net.InetAddress");
    private static final List<String> LOGGING = List.of("org.slf4j.", "java.util.logging.", "java.lang.System$Logger");

    private final ArchitectureDocument document;
    private final List<JavaClass> classes;

    ArchitectureRules(ArchitectureDocument document, JavaClasses classes) {
        this.document = document;
        this.classes = classes.stream()
                .filter(type -> isOurs(type.getPackageName()))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    List<String> unlistedPackages() {
        return classes.stream()
                .map(type -> nameOf(type.getPackageName()))
                .filter(name -> !document.arrows().containsKey(name))
                .distinct()
                .map(name -> "package " + name + " is not in the table")
                .toList();
    }

    List<String> emptyPackages() {
        Set<String> filled = new HashSet<>();
        classes.forEach(type -> filled.add(nameOf(type.getPackageName())));
        return document.arrows().keySet().stream()
                .filter(name -> !filled.contains(name))
                .map(name -> "package " + name + " has no class")
                .toList();
    }

    List<String> emptyNames() {
        return classes.stream()
                .map(type -> nameOf(type.getPackageName()))
                .distinct()
                .filter(name -> Set.of(name.split("\\.")).stream().anyMatch(EMPTY_NAMES::contains))
                .map(name -> "package name " + name + " says nothing")
                .toList();
    }

    List<String> unnamedArrows() {
        List<String> broken = new ArrayList<>();
        for (Dependency use : uses()) {
            String from = nameOf(use.getOriginClass().getPackageName());
            String targetPackage = use.getTargetClass().getBaseComponentType().getPackageName();
            String to = nameOf(targetPackage);
            if (isOurs(targetPackage) && !from.equals(to) && !mayUse(document.arrows(), from, to)) {
                broken.add(from + " may not use " + to + ": " + use.getDescription());
            }
            if (ONLY_FOR_APP.contains(to) && isOurs(targetPackage) && !from.equals(to) && !from.equals("app")) {
                broken.add("only app names " + to + ": " + use.getDescription());
            }
        }
        return broken;
    }

    List<String> strayLibraries() {
        List<String> broken = new ArrayList<>();
        for (Dependency use : uses()) {
            String from = nameOf(use.getOriginClass().getPackageName());
            String target = use.getTargetClass().getBaseComponentType().getName();
            Optional<String> prefix = document.libraries().keySet().stream()
                    .filter(candidate -> target.startsWith(candidate + ".") || target.equals(candidate))
                    .max(Comparator.comparingInt(String::length));
            if (prefix.isEmpty()) {
                if (!isOurs(target) && !isJdk(target)) {
                    broken.add("library of no row: " + use.getDescription());
                }
            } else if (!allows(document.libraries().get(prefix.get()), from)) {
                broken.add(from + " may not use " + prefix.get() + ": " + use.getDescription());
            }
        }
        return broken;
    }

    List<String> impurities() {
        return uses().stream()
                .filter(use -> PURE.contains(nameOf(use.getOriginClass().getPackageName())))
                .filter(use -> {
                    String target = use.getTargetClass().getBaseComponentType().getName();
                    return INPUT_OUTPUT.stream().anyMatch(target::startsWith)
                            || LOGGING.stream().anyMatch(target::startsWith);
                })
                .map(Dependency::getDescription)
                .toList();
    }

    /** Packages in a circle, when whole packages are looked at, and when their first name only is. */
    List<String> cycles() {
        Map<String, Set<String>> deep = new TreeMap<>();
        Map<String, Set<String>> flat = new TreeMap<>();
        for (Dependency use : uses()) {
            String targetPackage = use.getTargetClass().getBaseComponentType().getPackageName();
            if (isOurs(targetPackage)) {
                connect(deep, nameOf(use.getOriginClass().getPackageName()), nameOf(targetPackage));
                connect(flat, first(nameOf(use.getOriginClass().getPackageName())), first(nameOf(targetPackage)));
            }
        }
        List<String> found = new ArrayList<>(cycles(deep));
        found.addAll(cycles(flat));
        return found;
    }

    /** The nodes from which following the edges leads back to themselves. */
    static List<String> cycles(Map<String, Set<String>> edges) {
        List<String> found = new ArrayList<>();
        for (String start : edges.keySet()) {
            Set<String> reached = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(edges.get(start));
            while (!open.isEmpty()) {
                String next = open.pop();
                if (reached.add(next)) {
                    open.addAll(edges.getOrDefault(next, Set.of()));
                }
            }
            if (reached.contains(start)) {
                found.add("package " + start + " uses itself through " + reached);
            }
        }
        return found;
    }

    private static void connect(Map<String, Set<String>> edges, String from, String to) {
        if (!from.equals(to)) {
            edges.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
        }
    }

    private List<Dependency> uses() {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .toList();
    }

    private static boolean mayUse(Map<String, Set<String>> arrows, String from, String to) {
        return allows(arrows.getOrDefault(from, Set.of()), to);
    }

    private static boolean allows(Set<String> names, String name) {
        return names.contains(ArchitectureDocument.EVERYTHING) || names.contains(name);
    }

    private static boolean isOurs(String name) {
        return name.equals(ROOT) || name.startsWith(ROOT + ".");
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("javax.net.")
                || className.startsWith("javax.crypto.")
                || !className.contains(".");
    }

    private static String nameOf(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(Math.min(packageName.length(), ROOT.length() + 1));
    }

    private static String first(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
