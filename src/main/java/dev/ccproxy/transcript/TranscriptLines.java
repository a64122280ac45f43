package dev.ccproxy.transcript;

import dev.ccproxy.http.ByteSearch;
import dev.ccproxy.http.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a file from some offset on, one at a time; holds no more than one of them. For one thread. */
final class TranscriptLines implements AutoCloseable {

    /** Longer lines are passed over: no prompt that the API takes is longer. */
    static final int LONGEST_LINE_BYTES = 32 * 1024 * 1024;

    private static final int FIRST_BUFFER_BYTES = 64 * 1024;

    /**
     * One line.
     *
     * @param from offset of its first byte
     * @param to offset behind its line feed, or behind its last byte where it has none
     * @param text without the line feed; null where it is too long
     * @param whole whether a line feed ends it: else more of it may come
     */
    record Line(long from, long to, @Nullable Bytes text, boolean whole) {}

    private final InputStream stream;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int start;
    private int end;
    private long offset;

    TranscriptLines(Path file, long from) throws IOException {
        SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        this.stream = Channels.newInputStream(channel.position(from));
        this.offset = from;
    }

    /** The next line that is not empty; null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        Line line = any();
        while (line != null && line.whole() && line.to() - line.from() == 1) {
            line = any();
        }
        return line;
    }

    private @Nullable Line any() throws IOException {
        long from = offset;
        int looked = 0;
        boolean tooLong = false;
        while (true) {
            int feed = ByteSearch.either(buffer, start + looked, end, '\n', '\n');
            if (feed < end) {
                return take(from, feed, tooLong, true);
            }
            looked = end - start;
            if (looked > LONGEST_LINE_BYTES) {
                tooLong = true;
                offset += looked;
                start = 0;
                end = 0;
                looked = 0;
            }
            if (!fill()) {
                return looked == 0 && !tooLong ? null : take(from, end, tooLong, false);
            }
        }
    }

    private Line take(long from, int to, boolean tooLong, boolean whole) {
        Bytes text = tooLong ? null : Bytes.wrap(Arrays.copyOfRange(buffer, start, to));
        offset += to - start + (whole ? 1 : 0);
        start = whole ? to + 1 : to;
        return new Line(from, offset, text, whole);
    }

    /** Reads more behind what is there, in a larger buffer where that is needed; false at the end of the file. */
    private boolean fill() throws IOException {
        if (end == buffer.length) {
            int kept = end - start;
            byte[] roomier = start == 0 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, start, roomier, 0, kept);
            buffer = roomier;
            start = 0;
            end = kept;
        }
        int read = stream.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
