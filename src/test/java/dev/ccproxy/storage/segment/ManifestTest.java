package dev.ccproxy.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final long[] NONE = {};

    @Test
    void anyListIsReadBackAgainstAnyKeyframe() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            long[] keyframe = ids(random);
            long[] ids = random.nextBoolean() ? ids(random) : edited(keyframe, random);
            assertThat(Manifest.decode(Manifest.encode(ids, keyframe), keyframe))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(ids);
            assertThat(Manifest.decode(Manifest.encode(ids), NONE))
                    .as("seed %d", seed)
                    .isEqualTo(ids);
        }
    }

    @Test
    void aTurnThatAppendsCostsAFewBytes() {
        long[] keyframe = new Random(1).longs(800, 0, 1L << 40).toArray();
        long[] appended = LongStream.range(0, 4)
                .map(slot -> SegmentId.of(9_000, (int) slot))
                .toArray();
        long[] ids = new long[804];
        System.arraycopy(keyframe, 0, ids, 0, 700);
        System.arraycopy(appended, 0, ids, 700, 4);
        System.arraycopy(keyframe, 700, ids, 704, 100);

        assertThat(Manifest.encode(ids, keyframe)).hasSizeLessThan(16);
    }

    @Test
    void theLargestNumbersFit() {
        long[] ids = {SegmentId.of((1L << 47) - 1, 65_535), SegmentId.of(0, 0), SegmentId.of(1, 65_535)};
        assertThat(Manifest.decode(Manifest.encode(ids), NONE)).isEqualTo(ids);
    }

    @Test
    void aDamagedManifestIsToldOrReadsAsAnotherList() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            long[] keyframe = ids(random);
            byte[] manifest = Manifest.encode(edited(keyframe, random), keyframe);
            if (manifest.length == 0) {
                continue;
            }
            manifest[random.nextInt(manifest.length)] = (byte) random.nextInt();
            try {
                assertThat(Manifest.decode(manifest, keyframe)).hasSizeLessThanOrEqualTo(1 << 16);
            } catch (IllegalArgumentException told) {
                assertThat(told).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void aCopyFromOutsideTheKeyframeIsDamage() {
        long[] keyframe = {SegmentId.of(1, 0), SegmentId.of(1, 1)};
        byte[] manifest = Manifest.encode(keyframe, keyframe);
        assertThatThrownBy(() -> Manifest.decode(manifest, NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] ids(Random random) {
        long[] ids = new long[random.nextInt(200)];
        for (int i = 0; i < ids.length; i++) {
            boolean neighbour = i > 0 && random.nextInt(3) > 0 && SegmentId.slot(ids[i - 1]) < 65_535;
            ids[i] = neighbour ? ids[i - 1] + 1 : SegmentId.of(random.nextInt(50), random.nextInt(30));
        }
        return ids;
    }

    private static long[] edited(long[] ids, Random random) {
        long[] edited = Arrays.copyOf(ids, Math.max(0, ids.length + random.nextInt(9) - 4));
        for (int i = random.nextInt(4); i > 0 && edited.length > 0; i--) {
            edited[random.nextInt(edited.length)] = SegmentId.of(random.nextInt(99), random.nextInt(9));
        }
        return edited;
    }
}
