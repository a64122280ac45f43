package dev.ccproxy.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of agents in some folders, read again when a file changes: at most once a second it is looked whether
 * one has. Reads files, so not for event loops. Safe for all threads.
 */
public final class AgentFiles {

    private static final Logger LOG = LoggerFactory.getLogger(AgentFiles.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Definitions are prompts of some pages; whatever is larger is none. */
    private static final long MOST_BYTES = 1 << 20;

    private static final int MOST_FILES = 2_000;
    private static final int MOST_FOLDERS_DEEP = 5;

    private final List<Path> directories;
    private Map<Path, Seen> files = Map.of();
    private long lookedNanos;
    private boolean looked;

    private record Seen(FileTime changed, long bytes, Optional<AgentDefinition> definition) {}

    /** Over folders in their order: where two define agents alike, the first one's counts. */
    public AgentFiles(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** Every definition, the strongest folder's first. */
    public synchronized List<AgentDefinition> definitions() {
        long now = System.nanoTime();
        if (!looked || now - lookedNanos > LOOK.toNanos()) {
            looked = true;
            lookedNanos = now;
            look();
        }
        return files.values().stream()
                .flatMap(seen -> seen.definition().stream())
                .toList();
    }

    /** The definition of the agent of that name. */
    public Optional<AgentDefinition> named(String name) {
        return definitions().stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst();
    }

    /** Name of the agent whose definition one of these system texts is or begins with. */
    public Optional<String> nameIn(List<String> systemTexts) {
        return matching(systemTexts).map(AgentDefinition::name);
    }

    /** The agent whose prompt is the longest that one of these system texts is or begins with. */
    public Optional<AgentDefinition> matching(List<String> systemTexts) {
        AgentDefinition longest = null;
        for (AgentDefinition definition : definitions()) {
            boolean longer = longest == null
                    || definition.prompt().length() > longest.prompt().length();
            if (longer && systemTexts.stream().anyMatch(definition::isIn)) {
                longest = definition;
            }
        }
        return Optional.ofNullable(longest);
    }

    private void look() {
        Map<Path, Seen> now = new LinkedHashMap<>();
        for (Path directory : directories) {
            for (Path file : filesIn(directory)) {
                see(file, now);
            }
        }
        files = now;
    }

    private static List<Path> filesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(directory, MOST_FOLDERS_DEEP)) {
            return found.filter(file -> file.toString().endsWith(".md"))
                    .limit(MOST_FILES)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            LOG.warn("a folder of agents cannot be read folder={} problem={}", directory, unreadable.toString());
            return List.of();
        }
    }

    private void see(Path file, Map<Path, Seen> now) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long bytes = Files.size(file);
            Seen before = files.get(file);
            if (before != null && before.changed().equals(changed) && before.bytes() == bytes) {
                now.put(file, before);
            } else if (bytes <= MOST_BYTES) {
                now.put(file, new Seen(changed, bytes, AgentDefinition.of(file, Files.readString(file))));
            }
        } catch (IOException unreadable) {
            LOG.warn("a definition of an agent cannot be read file={} problem={}", file, unreadable.toString());
        }
    }

    /** The files that would define the agent of that name, had they been there. */
    public List<Path> tried(String name) {
        return directories.stream()
                .map(directory -> directory.resolve(name + ".md"))
                .toList();
    }
}
