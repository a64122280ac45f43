package dev.ccproxy.testing;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import dev.ccproxy.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The content encodings that Claude Code accepts, and none. */
public enum Compression {
    IDENTITY("identity"),
    GZIP("gzip"),
    DEFLATE("deflate"),
    BROTLI("br"),
    ZSTD("zstd");

    private final String coding;

    Compression(String coding) {
        this.coding = coding;
    }

    /** The {@code Content-Encoding} value. */
    public String coding() {
        return coding;
    }

    /** These bytes in this encoding. */
    public Bytes encode(Bytes plain) throws IOException {
        byte[] bytes = plain.toByteArray();
        return switch (this) {
            case IDENTITY -> plain;
            case GZIP -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(bytes);
                }
                yield Bytes.wrap(out.toByteArray());
            }
            case DEFLATE -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
                    deflate.write(bytes);
                }
                yield Bytes.wrap(out.toByteArray());
            }
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                yield Bytes.wrap(Encoder.compress(bytes));
            }
            case ZSTD -> Bytes.wrap(Zstd.compress(bytes));
        };
    }
}
