package dev.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecodingTest {

    private static final int LIMIT = 1 << 20;
    private static final byte[] TEXT = text();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "x-gzip",
                "GZip",
                "deflate",
                "br",
                "zstd",
                "identity",
                "",
                "gzip, br",
                "deflate,zstd,gzip",
                "identity, gzip"
            })
    void everyEncodingIsUndone(String encoding) throws IOException {
        assertThat(decode(encoding, encode(encoding, TEXT))).isEqualTo(new Decoded.Whole(Bytes.wrap(TEXT)));
        assertThat(decode(encoding, encode(encoding, new byte[0]))).isEqualTo(new Decoded.Whole(Bytes.EMPTY));
    }

    @Test
    void deflateWithoutItsFrameIsUndoneToo() throws IOException {
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bare, new Deflater(6, true))) {
            out.write(TEXT);
        }
        assertThat(decode("deflate", bare.toByteArray())).isEqualTo(new Decoded.Whole(Bytes.wrap(TEXT)));
    }

    @Test
    void severalGzipMembersAreOneBody() throws IOException {
        byte[] one = encode("gzip", TEXT);
        byte[] two = new byte[one.length * 2];
        System.arraycopy(one, 0, two, 0, one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertThat(decode("gzip", two))
                .isInstanceOfSatisfying(
                        Decoded.Whole.class,
                        whole -> assertThat(whole.bytes().length()).isEqualTo(TEXT.length * 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatComesOutIsBounded(String encoding) throws IOException {
        byte[] bomb = encode(encoding, new byte[50 << 20]);
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(decode(encoding, bomb)).isEqualTo(new Decoded.TooLarge(LIMIT));
    }

    @Test
    void exactlyTheLimitIsWhole() throws IOException {
        byte[] body = encode("gzip", new byte[LIMIT]);
        assertThat(decode("gzip", body)).isInstanceOf(Decoded.Whole.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, br"})
    void aCutBodyGivesWhatItHolds(String encoding) throws IOException {
        byte[] whole = encode(encoding, TEXT);
        for (int cut = 1; cut < whole.length; cut += Math.max(1, whole.length / 50)) {
            Decoded decoded = decode(encoding, Arrays.copyOf(whole, cut));
            assertThat(decoded)
                    .as("%s cut at %d of %d", encoding, cut, whole.length)
                    .isInstanceOfSatisfying(Decoded.Cut.class, part -> {
                        Bytes expected = Bytes.wrap(TEXT, 0, part.bytes().length());
                        assertThat(part.bytes()).isEqualTo(expected);
                    });
        }
        Decoded last = decode(encoding, Arrays.copyOf(whole, whole.length - 1));
        assertThat(last)
                .isInstanceOfSatisfying(
                        Decoded.Cut.class,
                        part -> assertThat(part.bytes().isEmpty()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void garbageIsCorruptOrCutAndNeverThrows(String encoding) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] garbage = new byte[1 + random.nextInt(300)];
            random.nextBytes(garbage);
            assertThat(decode(encoding, garbage)).as("seed %d", seed).isNotNull();
        }
        assertThat(decode("gzip", TEXT)).isEqualTo(new Decoded.Corrupt(Bytes.EMPTY));
    }

    @Test
    void whatComesOutNeedsRoomAndTakesWhatItHolds() throws IOException {
        byte[] bomb = encode("gzip", new byte[LIMIT / 2]);
        Rooms enough = new Rooms(LIMIT);
        assertThat(ContentDecoding.decode("gzip", Bytes.wrap(bomb), LIMIT, enough))
                .isInstanceOf(Decoded.Whole.class);
        assertThat(enough.taken).isEqualTo(LIMIT / 2);

        Rooms scarce = new Rooms(LIMIT / 4);
        assertThat(ContentDecoding.decode("gzip", Bytes.wrap(bomb), LIMIT, scarce))
                .isInstanceOf(Decoded.TooLarge.class);
        assertThat(scarce.taken).isZero();
    }

    @Test
    void unknownEncodingsAreLeftAlone() {
        assertThat(decode("compress", TEXT)).isEqualTo(new Decoded.Unknown("compress"));
        assertThat(decode("gzip, aes128gcm", TEXT)).isEqualTo(new Decoded.Unknown("aes128gcm"));
        assertThat(decode("gzip,gzip,gzip,gzip,gzip", TEXT)).isInstanceOf(Decoded.Unknown.class);
    }

    private static Decoded decode(String encoding, byte[] body) {
        return ContentDecoding.decode(encoding, Bytes.wrap(body), LIMIT, new Rooms(Long.MAX_VALUE));
    }

    /** Room for so many bytes. */
    private static final class Rooms implements Room {

        private final long most;
        private long taken;

        Rooms(long most) {
            this.most = most;
        }

        @Override
        public boolean take(long bytes) {
            boolean fits = taken + bytes <= most;
            taken += fits ? bytes : 0;
            return fits;
        }

        @Override
        public void giveBack(long bytes) {
            taken -= bytes;
        }
    }

    private static byte[] encode(String encodings, byte[] body) throws IOException {
        byte[] encoded = body;
        for (String encoding : encodings.toLowerCase(Locale.ROOT).split(",", -1)) {
            encoded = encodeOnce(encoding.strip(), encoded);
        }
        return encoded;
    }

    private static byte[] encodeOnce(String encoding, byte[] body) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        switch (encoding) {
            case "gzip", "x-gzip" -> {
                try (OutputStream out = new GZIPOutputStream(encoded)) {
                    out.write(body);
                }
            }
            case "deflate" -> {
                try (OutputStream out = new DeflaterOutputStream(encoded)) {
                    out.write(body);
                }
            }
            case "zstd" -> {
                // As a server that streams does: what was flushed can be read.
                try (OutputStream out = new ZstdOutputStream(encoded)) {
                    for (int at = 0; at < body.length; at += 100_000) {
                        out.write(body, at, Math.min(100_000, body.length - at));
                        out.flush();
                    }
                }
            }
            case "br" -> {
                Assumptions.assumeTrue(Brotli4jLoader.isAvailable(), "no native brotli for this platform");
                encoded.writeBytes(Encoder.compress(body));
            }
            default -> encoded.writeBytes(body);
        }
        return encoded.toByteArray();
    }

    private static byte[] text() {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            text.append("data: {\"n\":").append(random.nextInt()).append("}\n\n");
        }
        return Bytes.utf8(text.toString()).toByteArray();
    }
}
