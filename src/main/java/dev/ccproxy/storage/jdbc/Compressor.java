package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import dev.ccproxy.http.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard with a dictionary, native contexts and a scratch buffer that are used again and again. There is a thorough
 * level, and a quick one for a third of its time and a tenth more bytes while much is waiting. Long contents learn from
 * themselves: they go without the dictionary and quickly, so that one large body does not hold up the others. For one
 * thread.
 */
final class Compressor implements AutoCloseable {

    /** A larger scratch buffer than this is not kept. */
    private static final int KEPT_SCRATCH_BYTES = 1 << 20;

    private static final int THOROUGH_LEVEL = 6;
    private static final int QUICK_LEVEL = 3;
    private static final int LONG_BYTES = 256 << 10;
    private static final int VERY_LONG_BYTES = 1 << 20;
    private static final int VERY_LONG_LEVEL = 1;

    /** A context with what it needs. */
    private record Context(ZstdCompressCtx zstd, @Nullable ZstdDictCompress dictionary) {
        static Context of(int level, byte @Nullable [] dictionary) {
            // The frame says how long its content is, which is what a reader allocates.
            ZstdCompressCtx zstd = new ZstdCompressCtx().setContentSize(true).setLevel(level);
            if (dictionary == null) {
                return new Context(zstd, null);
            }
            ZstdDictCompress loaded = new ZstdDictCompress(dictionary, level);
            return new Context(zstd.loadDict(loaded), loaded);
        }

        void close() {
            zstd.close();
            if (dictionary != null) {
                dictionary.close();
            }
        }
    }

    private final byte[] dictionary;

    /** Made when first needed: loading the native library takes longer than anything else that a start does. */
    private @Nullable Context thorough;

    private @Nullable Context quick;
    private @Nullable Context plain;
    private byte[] scratch = new byte[0];
    private boolean hurrying;

    Compressor(byte[] dictionary) {
        this.dictionary = dictionary;
    }

    /** Whether much is waiting. */
    void hurry(boolean now) {
        hurrying = now;
    }

    /**
     * Heap bytes that compressing a content of this length needs for a moment, beyond what is kept anyway: the longest that
     * can come out, and its copy.
     */
    static long momentaryBytes(long contentBytes) {
        return contentBytes <= KEPT_SCRATCH_BYTES / 2 ? 0 : 2 * Zstd.compressBound(contentBytes);
    }

    byte[] compress(Bytes content) {
        int bound = Math.toIntExact(Zstd.compressBound(content.length()));
        byte[] target = bound <= scratch.length ? scratch : new byte[bound];
        int length = context(content.length())
                .compressByteArray(target, 0, target.length, content.array(), content.arrayOffset(), content.length());
        if (target.length <= KEPT_SCRATCH_BYTES) {
            scratch = target;
        }
        return Arrays.copyOf(target, length);
    }

    private ZstdCompressCtx context(int length) {
        if (length > LONG_BYTES) {
            return plain().setLevel(length <= VERY_LONG_BYTES ? QUICK_LEVEL : VERY_LONG_LEVEL);
        }
        return hurrying ? quick() : thorough();
    }

    private ZstdCompressCtx thorough() {
        Context made = thorough == null ? Context.of(THOROUGH_LEVEL, dictionary) : thorough;
        thorough = made;
        return made.zstd();
    }

    private ZstdCompressCtx quick() {
        Context made = quick == null ? Context.of(QUICK_LEVEL, dictionary) : quick;
        quick = made;
        return made.zstd();
    }

    private ZstdCompressCtx plain() {
        Context made = plain == null ? Context.of(QUICK_LEVEL, null) : plain;
        plain = made;
        return made.zstd();
    }

    @Override
    public void close() {
        for (Context each : Arrays.asList(thorough, quick, plain)) {
            if (each != null) {
                each.close();
            }
        }
    }
}
