package dev.ccproxy.transcript;

import dev.ccproxy.transcript.TranscriptLines.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows what files say, and reads on where it stopped: asked again, it reads only what was written meanwhile. What was not
 * asked for in a while is forgotten. Safe for all threads; one file is read by one of them at a time.
 */
public final class TranscriptReader {

    /** Answers that are remembered of all files together. */
    private static final int MOST_REMEMBERED = 200_000;

    private final Map<Path, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    /** What the file says now; throws when it cannot be read any more. */
    public TranscriptFacts facts(TranscriptFile file) throws IOException {
        Known entry;
        synchronized (known) {
            entry = known.computeIfAbsent(file.path(), _ -> new Known(file));
        }
        TranscriptFacts facts = entry.upToDate();
        forgetOldest();
        return facts;
    }

    private void forgetOldest() {
        synchronized (known) {
            long remembered = known.values().stream().mapToLong(Known::weight).sum();
            Iterator<Known> oldestFirst = known.values().iterator();
            while (remembered > MOST_REMEMBERED && oldestFirst.hasNext()) {
                remembered -= oldestFirst.next().weight();
                oldestFirst.remove();
            }
        }
    }

    /** One file and how far it was read. */
    private static final class Known {
        private final TranscriptFile file;
        private FileFacts collected;
        private @Nullable TranscriptFacts facts;
        private @Nullable Object identity;
        private long readTo;
        private long size = -1;
        private volatile int weight = 1;

        Known(TranscriptFile file) {
            this.file = file;
            this.collected = new FileFacts(file.agent());
        }

        int weight() {
            return weight;
        }

        synchronized TranscriptFacts upToDate() throws IOException {
            BasicFileAttributes now =
                    Files.readAttributes(file.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!Objects.equals(now.fileKey(), identity) || now.size() < readTo) {
                identity = now.fileKey();
                collected = new FileFacts(file.agent());
                readTo = 0;
                facts = null;
            }
            if (facts == null || now.size() != size) {
                readOn();
                size = now.size();
                facts = collected.facts();
                weight = collected.weight();
            }
            return facts;
        }

        private void readOn() throws IOException {
            try (TranscriptLines lines = new TranscriptLines(file.path(), readTo)) {
                Line line = lines.next();
                while (line != null && collected.take(line)) {
                    readTo = line.to();
                    line = lines.next();
                }
            }
        }
    }
}
