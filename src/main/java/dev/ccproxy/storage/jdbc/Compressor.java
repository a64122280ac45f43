package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.ccproxy.http.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Zstandard with one native context and one scratch buffer, used again and again. For one thread. */
final class Compressor implements AutoCloseable {

    /** A larger scratch buffer than this is not kept. */
    private static final int KEPT_SCRATCH_BYTES = 4 << 20;

    private final int level;
    private @Nullable ZstdCompressCtx context;
    private byte[] scratch = new byte[0];

    Compressor(int level) {
        this.level = level;
    }

    byte[] compress(Bytes content) {
        int bound = Math.toIntExact(Zstd.compressBound(content.length()));
        byte[] target = bound <= scratch.length ? scratch : new byte[bound];
        int length = context()
                .compressByteArray(target, 0, target.length, content.array(), content.arrayOffset(), content.length());
        if (target.length <= KEPT_SCRATCH_BYTES) {
            scratch = target;
        }
        return Arrays.copyOf(target, length);
    }

    /** Made when first needed: loading the native library takes longer than anything else that a start does. */
    private ZstdCompressCtx context() {
        ZstdCompressCtx made = context;
        if (made == null) {
            made = new ZstdCompressCtx();
            made.setLevel(level);
            // The frame then says how long its content is, which is what a reader allocates.
            made.setContentSize(true);
            context = made;
        }
        return made;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }
}
