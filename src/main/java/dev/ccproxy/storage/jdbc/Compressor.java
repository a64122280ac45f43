package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import dev.ccproxy.http.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard with a dictionary, native contexts and a scratch buffer that are used again and again. Long contents learn
 * from themselves: they go without the dictionary and at a quick level, so that one large body does not hold up the
 * others. For one thread.
 */
final class Compressor implements AutoCloseable {

    /** A larger scratch buffer than this is not kept. */
    private static final int KEPT_SCRATCH_BYTES = 1 << 20;

    private static final int LONG_BYTES = 256 << 10;
    private static final int LONG_LEVEL = 3;
    private static final int VERY_LONG_BYTES = 1 << 20;
    private static final int VERY_LONG_LEVEL = 1;

    private final int level;
    private final byte @Nullable [] dictionary;
    private @Nullable ZstdDictCompress loaded;
    private @Nullable ZstdCompressCtx usual;
    private @Nullable ZstdCompressCtx quick;
    private byte[] scratch = new byte[0];

    Compressor(int level, byte @Nullable [] dictionary) {
        this.level = level;
        this.dictionary = dictionary;
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
        if (length <= LONG_BYTES) {
            return usual();
        }
        ZstdCompressCtx made = quick;
        if (made == null) {
            made = plain();
            quick = made;
        }
        return made.setLevel(length <= VERY_LONG_BYTES ? LONG_LEVEL : VERY_LONG_LEVEL);
    }

    /** Made when first needed: loading the native library takes longer than anything else that a start does. */
    private ZstdCompressCtx usual() {
        ZstdCompressCtx made = usual;
        if (made == null) {
            made = plain().setLevel(level);
            if (dictionary != null) {
                loaded = new ZstdDictCompress(dictionary, level);
                made.loadDict(loaded);
            }
            usual = made;
        }
        return made;
    }

    /** The frame says how long its content is, which is what a reader allocates. */
    private static ZstdCompressCtx plain() {
        return new ZstdCompressCtx().setContentSize(true);
    }

    @Override
    public void close() {
        if (usual != null) {
            usual.close();
        }
        if (quick != null) {
            quick.close();
        }
        if (loaded != null) {
            loaded.close();
        }
    }
}
