package dev.ccproxy.transcript;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.transcript.TranscriptLines.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some records of a file, in its order; lines that are no JSON object are left out.
 *
 * @param end offset behind what was looked at: where the next page begins, now or when more was written
 * @param more whether there is something behind it now
 */
public record RecordPage(List<Item> items, long end, boolean more) {

    /** A page ends early when it holds as much. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    public RecordPage {
        items = List.copyOf(items);
    }

    /**
     * One record.
     *
     * @param offset of its first byte
     * @param text one JSON object; null where it is too long to be read
     */
    public record Item(long offset, @Nullable Bytes text) {}

    /** The records from an offset on, which is 0 or the end of another page. */
    public static RecordPage of(TranscriptFile file, long from, int limit) throws IOException {
        List<Item> items = new ArrayList<>();
        long end = from;
        long bytes = 0;
        try (TranscriptLines lines = new TranscriptLines(file.path(), from)) {
            Line line = lines.next();
            while (line != null && items.size() < limit && bytes < MOST_BYTES) {
                boolean object =
                        line.text() == null || RecordReader.read(line.text()).isPresent();
                if (!object && !line.whole()) {
                    return new RecordPage(items, end, false);
                }
                if (object) {
                    items.add(new Item(line.from(), line.text()));
                    bytes += line.to() - line.from();
                }
                end = line.to();
                line = lines.next();
            }
            return new RecordPage(items, end, line != null);
        }
    }
}
