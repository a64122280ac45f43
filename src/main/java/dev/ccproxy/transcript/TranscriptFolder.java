package dev.ccproxy.transcript;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds session files: {@code projects/PROJECT/SESSION.jsonl}, and below it
 * {@code projects/PROJECT/SESSION/subagents/agent-ID.jsonl}.
 *
 * <p>Names that callers give are compared with, or checked before they become, single names of entries, so no name leads out
 * of the folder; links below it are passed over. The folder itself may be a link. Safe for all threads.
 */
public final class TranscriptFolder {

    private static final String SUFFIX = ".jsonl";
    private static final String AGENT_PREFIX = "agent-";

    /** Session and agent ids as the client makes them, and whatever else is a plain word. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private static final Comparator<TranscriptFile> NEWEST_FIRST = Comparator.comparing(TranscriptFile::modified)
            .reversed()
            .thenComparing(TranscriptFile::session)
            .thenComparing(TranscriptFile::project);

    private final Path projects;

    /** {@code folder} is the client's, such as {@code ~/.claude}; it need not exist yet. */
    public TranscriptFolder(Path folder) {
        this.projects = folder.resolve("projects");
    }

    /** Every session of every project, written to last first. */
    public List<TranscriptFile> sessions() throws IOException {
        List<TranscriptFile> all = new ArrayList<>();
        for (Path project : folders(projects)) {
            addSessions(project, all);
        }
        all.sort(NEWEST_FIRST);
        return all;
    }

    /** Every session of one project, written to last first; empty when there is no such project. */
    public Optional<List<TranscriptFile>> sessions(String project) throws IOException {
        for (Path folder : folders(projects)) {
            if (name(folder).equals(project)) {
                List<TranscriptFile> found = new ArrayList<>();
                addSessions(folder, found);
                found.sort(NEWEST_FIRST);
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * One session.
     *
     * @param project null for any: where several have it, the file written to last
     */
    public Optional<TranscriptFile> session(String id, @Nullable String project) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        List<TranscriptFile> found = new ArrayList<>();
        for (Path folder : folders(projects)) {
            if (project == null || name(folder).equals(project)) {
                file(name(folder), id, null, folder.resolve(id + SUFFIX)).ifPresent(found::add);
            }
        }
        return found.stream().min(NEWEST_FIRST);
    }

    /** The files of a session's subagents, by their ids. */
    public List<TranscriptFile> subagents(TranscriptFile session) throws IOException {
        Path own = session.path().resolveSibling(session.session());
        Path folder = own.resolve("subagents");
        if (!isFolder(own) || !isFolder(folder)) {
            return List.of();
        }
        List<TranscriptFile> found = new ArrayList<>();
        for (Path path : entries(folder)) {
            Optional<String> agent = agent(name(path));
            if (agent.isPresent()) {
                file(session.project(), session.session(), agent.get(), path).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(file -> String.valueOf(file.agent())));
        return found;
    }

    /** What the client noted about the subagent of a file; empty when there is nothing to read. */
    public Optional<AgentNotes> notes(TranscriptFile subagent) throws IOException {
        String name = name(subagent.path());
        return AgentNotes.read(
                subagent.path().resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".meta.json"));
    }

    private static void addSessions(Path project, List<TranscriptFile> found) throws IOException {
        for (Path path : entries(project)) {
            String name = name(path);
            if (name.endsWith(SUFFIX)) {
                String id = name.substring(0, name.length() - SUFFIX.length());
                if (ID.matcher(id).matches()) {
                    file(name(project), id, null, path).ifPresent(found::add);
                }
            }
        }
    }

    private static Optional<String> agent(String name) {
        boolean fits = name.startsWith(AGENT_PREFIX) && name.endsWith(SUFFIX);
        return Optional.of(name)
                .filter(_ -> fits)
                .map(it -> it.substring(AGENT_PREFIX.length(), it.length() - SUFFIX.length()))
                .filter(id -> ID.matcher(id).matches());
    }

    private static Optional<TranscriptFile> file(String project, String session, @Nullable String agent, Path path)
            throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new TranscriptFile(
                            project,
                            session,
                            agent,
                            path,
                            attributes.lastModifiedTime().toInstant(),
                            attributes.size()))
                    : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static List<Path> folders(Path parent) throws IOException {
        return entries(parent).stream().filter(TranscriptFolder::isFolder).toList();
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What stands in a folder; nothing when there is none. */
    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return entries;
    }
}
