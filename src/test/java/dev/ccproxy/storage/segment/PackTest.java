package dev.ccproxy.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ccproxy.http.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackTest {

    @Test
    void anySegmentsAreReadBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            List<Bytes> segments = new ArrayList<>();
            for (int count = random.nextInt(40); count > 0; count--) {
                byte[] segment = new byte[random.nextInt(300)];
                random.nextBytes(segment);
                segments.add(Bytes.wrap(segment));
            }
            Pack pack = Pack.decode(Pack.encode(segments).toByteArray());
            assertThat(pack.size()).isEqualTo(segments.size());
            for (int slot = 0; slot < segments.size(); slot++) {
                assertThat(pack.segment(slot)).as("seed %d", seed).isEqualTo(segments.get(slot));
            }
        }
    }

    @Test
    void aScrubbedSegmentIsEmptyAndMovesNoOther() {
        Pack pack = Pack.decode(Pack.encode(List.of(Bytes.utf8("one"), Bytes.EMPTY, Bytes.utf8("three")))
                .toByteArray());
        assertThat(pack.segment(1)).isEqualTo(Bytes.EMPTY);
        assertThat(pack.segment(2)).isEqualTo(Bytes.utf8("three"));
    }

    @Test
    void aPlaceThatIsNotThereIsTold() {
        Pack pack = Pack.decode(Pack.encode(List.of(Bytes.utf8("one"))).toByteArray());
        assertThatThrownBy(() -> pack.segment(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPackThatIsTooShortOrTooLongIsDamaged() {
        byte[] blob = Pack.encode(List.of(Bytes.utf8("one"), Bytes.utf8("two"))).toByteArray();
        for (int length = 0; length < blob.length; length++) {
            byte[] cut = Arrays.copyOf(blob, length);
            assertThatThrownBy(() -> Pack.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] longer = Arrays.copyOf(blob, blob.length + 1);
        assertThatThrownBy(() -> Pack.decode(longer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreSegmentsThanPlacesAreRefused() {
        List<Bytes> segments = Collections.nCopies(SegmentId.MOST_SLOTS + 1, Bytes.EMPTY);
        assertThatThrownBy(() -> Pack.encode(segments)).isInstanceOf(IllegalArgumentException.class);
    }
}
