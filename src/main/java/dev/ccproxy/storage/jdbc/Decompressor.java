package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Compressor} wrote, with whatever dictionary it was written. For one thread and one piece of work. */
final class Decompressor implements AutoCloseable {

    private final Dictionaries dictionaries;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private @Nullable ZstdDictDecompress current;

    Decompressor(Dictionaries dictionaries) {
        this.dictionaries = dictionaries;
    }

    /**
     * The content of a frame.
     *
     * @param mostBytes what it can be at most, whatever a damaged frame says
     * @throws IllegalArgumentException when the frame is damaged
     */
    byte[] decompress(byte[] frame, int mostBytes) {
        long length = Zstd.getFrameContentSize(frame);
        if (length < 0 || length > mostBytes) {
            throw new IllegalArgumentException("a frame of " + length + " bytes");
        }
        use(dictionaries.neededBy(frame));
        try {
            byte[] content = context.decompress(frame, (int) length);
            if (content.length != length) {
                throw new IllegalArgumentException("a frame that ends early");
            }
            return content;
        } catch (com.github.luben.zstd.ZstdException damaged) {
            throw new IllegalArgumentException("a damaged frame", damaged);
        }
    }

    /** The content of a frame piece by piece. */
    static InputStream stream(byte[] frame, Dictionaries dictionaries) throws IOException {
        ZstdDictDecompress dictionary = dictionaries.neededBy(frame);
        ZstdInputStream stream = new ZstdInputStream(new ByteArrayInputStream(frame));
        return dictionary == null ? stream : stream.setDict(dictionary);
    }

    private void use(@Nullable ZstdDictDecompress dictionary) {
        if (!Objects.equals(dictionary, current)) {
            context.reset();
            if (dictionary != null) {
                context.loadDict(dictionary);
            }
            current = dictionary;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
