package dev.ccproxy.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes the {@code Content-Encoding} of one recorded body: gzip (of several members too), deflate (with and without the
 * zlib frame), br, zstd, identity, and several of them, as in {@code gzip, br}. What comes out is bounded. Bodies on their
 * way are never decoded. For one body and one thread; {@link #decodedBytes} may be asked by the stream that is being read.
 */
public final class ContentDecoding {

    /** More layers than anyone uses; each costs buffers. */
    private static final int MOST_LAYERS = 4;

    /** RFC 9659: a zstd content coding needs no larger window than 8 MiB. */
    private static final int ZSTD_WINDOW_LOG = 23;

    private static final int BUFFER_BYTES = 8_192;
    private static final int FIRST_OUTPUT_BYTES = 16_384;

    private final List<String> layers;
    private final int maxBytes;
    private final Room room;
    private byte[] output = new byte[0];
    private int length;

    /**
     * A decoding that has not begun.
     *
     * @param contentEncoding the header's value, such as {@code gzip}
     * @param maxBytes longest decoded body that is held
     * @param room for what comes out, of which as much as that needs is taken and not given back
     */
    public ContentDecoding(String contentEncoding, int maxBytes, Room room) {
        this.maxBytes = maxBytes;
        this.room = room;
        List<String> codings = new ArrayList<>();
        for (String coding : contentEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = coding.strip();
            if (!name.isEmpty() && !name.equals("identity")) {
                codings.add(name);
            }
        }
        this.layers = codings;
    }

    /** Decodes a body that is there whole. */
    public static Decoded decode(String contentEncoding, Bytes body, int maxBytes, Room room) {
        return new ContentDecoding(contentEncoding, maxBytes, room)
                .decode(new ByteArrayInputStream(body.array(), body.arrayOffset(), body.length()));
    }

    /** Whether there is anything to undo. */
    public boolean isIdentity() {
        return layers.isEmpty();
    }

    /** How much has come out so far. */
    public long decodedBytes() {
        return length;
    }

    /** Reads the encoded body to its end; never throws for what is in it. */
    public Decoded decode(InputStream encoded) {
        if (layers.size() > MOST_LAYERS) {
            return new Decoded.Unknown(String.join(", ", layers));
        }
        for (String layer : layers) {
            if (!isKnown(layer)) {
                return new Decoded.Unknown(layer);
            }
        }
        EndNoting source = new EndNoting(encoded);
        try (InputStream decoder = decoder(source)) {
            return drain(decoder) ? new Decoded.Whole(soFar()) : new Decoded.TooLarge(maxBytes);
        } catch (IOException damaged) {
            if (source.empty()) {
                return new Decoded.Whole(Bytes.EMPTY);
            }
            return source.ended ? new Decoded.Cut(soFar()) : new Decoded.Corrupt(soFar());
        }
    }

    private Bytes soFar() {
        return Bytes.wrap(output, 0, length);
    }

    /** False when there is more than the limit, or than there is room for. */
    private boolean drain(InputStream decoder) throws IOException {
        while (true) {
            if (length == output.length && !grow()) {
                boolean more = decoder.read() >= 0;
                if (more) {
                    giveUp();
                }
                return !more;
            }
            int count = decoder.read(output, length, output.length - length);
            if (count < 0) {
                return true;
            }
            length += count;
        }
    }

    private boolean grow() {
        int before = output.length;
        int after = (int) Math.min(maxBytes, Math.max(FIRST_OUTPUT_BYTES, before * 2L));
        if (after == before || !room.take(after)) {
            return false;
        }
        output = Arrays.copyOf(output, after);
        room.giveBack(before);
        return true;
    }

    private void giveUp() {
        room.giveBack(output.length);
        output = new byte[0];
        length = 0;
    }

    private static boolean isKnown(String layer) {
        return switch (layer) {
            case "gzip", "x-gzip", "deflate", "zstd" -> true;
            case "br" -> Brotli4jLoader.isAvailable();
            default -> false;
        };
    }

    /** The coding that was applied last stands last and is undone first. */
    private InputStream decoder(InputStream encoded) throws IOException {
        InputStream decoder = encoded;
        for (int i = layers.size() - 1; i >= 0; i--) {
            decoder = switch (layers.get(i)) {
                case "gzip", "x-gzip" -> new GZIPInputStream(decoder, BUFFER_BYTES);
                case "deflate" -> inflater(decoder);
                case "zstd" -> new ZstdInputStreamNoFinalizer(decoder).setLongMax(ZSTD_WINDOW_LOG);
                case "br" -> brotli(decoder);
                default -> throw new IllegalStateException(layers.get(i));
            };
        }
        return decoder;
    }

    private static InputStream brotli(InputStream encoded) throws IOException {
        BrotliInputStream decoder = new BrotliInputStream(encoded, BUFFER_BYTES);
        decoder.enableEagerOutput();
        return decoder;
    }

    /** RFC 9110 says zlib; some servers send the bare stream. The two bytes of a zlib head tell (RFC 1950 section 2.2). */
    private static InputStream inflater(InputStream encoded) throws IOException {
        PushbackInputStream source = new PushbackInputStream(encoded, 2);
        byte[] head = source.readNBytes(2);
        source.unread(head);
        boolean zlib = head.length == 2
                && (head[0] & 0x0F) == 8
                && (Byte.toUnsignedInt(head[0]) << 8 | Byte.toUnsignedInt(head[1])) % 31 == 0;
        return new OwnInflater(source, new Inflater(!zlib));
    }

    /** Frees the native memory of the inflater it was given. */
    private static final class OwnInflater extends InflaterInputStream {

        OwnInflater(InputStream encoded, Inflater inflater) {
            super(encoded, inflater, BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /** Remembers whether the encoded bytes were used up: what fails then was cut, not damaged. */
    private static final class EndNoting extends FilterInputStream {

        private boolean ended;
        private boolean any;

        EndNoting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            ended |= value < 0;
            any |= value >= 0;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = in.read(target, offset, count);
            ended |= read < 0;
            any |= read > 0;
            return read;
        }

        boolean empty() {
            return ended && !any;
        }
    }
}
