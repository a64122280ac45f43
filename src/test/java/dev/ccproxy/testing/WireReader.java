package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 messages from a stream and shows every byte it took. For one thread. */
final class WireReader {

    /** Gets body bytes as they arrive. */
    @FunctionalInterface
    interface Sink {
        void piece(Bytes content);
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_HEAD_BYTES = 4 * 1024 * 1024;

    private final InputStream in;
    private long filled;
    private byte[] buffer = new byte[0];
    private int position;
    private int limit;

    WireReader(InputStream in) {
        this.in = in;
    }

    /** How many bytes of the stream have been understood so far. */
    long consumed() {
        return filled - (limit - position);
    }

    /** The next head; null when the stream ended before its first byte. */
    @Nullable
    MessageHead head() throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        String line = line(raw);
        while (line != null && line.isEmpty()) {
            line = line(raw);
        }
        if (line == null) {
            return null;
        }
        while (!line.isEmpty()) {
            if (raw.size() > MAX_HEAD_BYTES) {
                throw new IOException("a head without an end");
            }
            line = line(raw);
            if (line == null) {
                throw new EOFException("the stream ended inside a head");
            }
        }
        return MessageHead.parse(Bytes.wrap(raw.toByteArray()));
    }

    /** Hands on the body; gives its trailers. Throws {@link EOFException} when the stream ends too soon. */
    Headers body(Framing framing, Sink sink) throws IOException {
        switch (framing) {
            case Framing.None() -> {}
            case Framing.Length(long bytes) -> pass(bytes, sink);
            case Framing.UntilClose() -> passAll(sink);
            case Framing.Chunked() -> {
                return chunks(sink);
            }
        }
        return Headers.EMPTY;
    }

    /** Whatever has arrived, at least one byte; null at the end of the stream. */
    @Nullable
    Bytes some() throws IOException {
        if (position == limit && !fill()) {
            return null;
        }
        Bytes piece = Bytes.wrap(buffer, position, limit - position);
        position = limit;
        return piece;
    }

    /** Exactly the bytes, one character each, up to the first time that they end in this text. */
    String until(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        int from = 0;
        while (seen.indexOf(text, from) < 0) {
            if (position == limit && !fill()) {
                throw new EOFException("the stream ended before '" + text + "' came");
            }
            seen.append((char) (buffer[position++] & 0xFF));
            from = Math.max(0, seen.length() - text.length());
        }
        return seen.toString();
    }

    private Headers chunks(Sink sink) throws IOException {
        while (true) {
            String size = required(line(new ByteArrayOutputStream()));
            int extension = size.indexOf(';');
            long bytes = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            if (bytes == 0) {
                return trailers();
            }
            pass(bytes, sink);
            if (!required(line(new ByteArrayOutputStream())).isEmpty()) {
                throw new IOException("a chunk longer than its size says");
            }
        }
    }

    private Headers trailers() throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.writeBytes("trailers\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String line = required(line(raw));
        while (!line.isEmpty()) {
            line = required(line(raw));
        }
        return MessageHead.parse(Bytes.wrap(raw.toByteArray())).headers();
    }

    private void pass(long bytes, Sink sink) throws IOException {
        long left = bytes;
        while (left > 0) {
            if (position == limit && !fill()) {
                throw new EOFException("the stream ended " + left + " bytes too soon");
            }
            int length = (int) Math.min(left, limit - position);
            sink.piece(Bytes.wrap(buffer, position, length));
            position += length;
            left -= length;
        }
    }

    private void passAll(Sink sink) throws IOException {
        for (Bytes piece = some(); piece != null; piece = some()) {
            sink.piece(piece);
        }
    }

    private static String required(@Nullable String line) throws EOFException {
        if (line == null) {
            throw new EOFException("the stream ended inside a chunk");
        }
        return line;
    }

    /** A line without its end, which may be a bare LF; null at the end of the stream. Its raw bytes go to {@code raw}. */
    private @Nullable String line(ByteArrayOutputStream raw) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        while (true) {
            if (position == limit && !fill()) {
                if (any) {
                    throw new EOFException("the stream ended inside a line");
                }
                return null;
            }
            any = true;
            int next = buffer[position++] & 0xFF;
            raw.write(next);
            if (next == '\n') {
                boolean crlf = !text.isEmpty() && text.charAt(text.length() - 1) == '\r';
                return crlf ? text.substring(0, text.length() - 1) : text.toString();
            }
            text.append((char) next);
        }
    }

    /** A new array each time: pieces that were handed out stay as they are. */
    private boolean fill() throws IOException {
        buffer = new byte[BUFFER_BYTES];
        position = 0;
        limit = Math.max(0, in.read(buffer));
        filled += limit;
        return limit > 0;
    }
}
