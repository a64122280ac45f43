package dev.ccproxy.storage.segment;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which segments make a body, as a list of {@link SegmentId}s coded against an earlier body's list, the keyframe: the
 * bodies of one thread repeat each other, so that a copy of a part says almost all. Two operations, each with a count in
 * its head: <em>copy</em> that many ids from the keyframe, at a distance from where the copy before ended; <em>run</em>
 * of that many neighbours in one pack, whose number and place are distances too.
 */
public final class Manifest {

    private static final long[] NO_KEYFRAME = {};

    private Manifest() {}

    /** The list by itself: what a keyframe is written as. */
    public static byte[] encode(long[] ids) {
        return encode(ids, NO_KEYFRAME);
    }

    /** The list against a keyframe. */
    public static byte[] encode(long[] ids, long[] keyframe) {
        return new Encoder(ids, keyframe).encode();
    }

    /**
     * Reads a list.
     *
     * @param keyframe the one it was coded against
     * @throws IllegalArgumentException when it is damaged
     */
    public static long[] decode(byte[] manifest, long[] keyframe) {
        try {
            return new Decoder(manifest, keyframe).decode();
        } catch (ArrayIndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException("a damaged manifest", damaged);
        }
    }

    private static final class Encoder {
        private final long[] ids;
        private final long[] keyframe;
        /** Where the keyframe has each id; made when first asked for, which most bodies never do. */
        private @Nullable Map<Long, Integer> places;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        private final long newest;
        private int copyEnd;
        private long pack;
        private int slotEnd;

        Encoder(long[] ids, long[] keyframe) {
            this.ids = ids;
            this.keyframe = keyframe;
            this.newest = Arrays.stream(keyframe).max().orElse(-1);
        }

        byte[] encode() {
            int at = 0;
            while (at < ids.length) {
                int place = place(at);
                at = place < 0 ? run(at) : copy(at, place);
            }
            return out.toByteArray();
        }

        /** Where the keyframe has the id: best where the copy before ended. */
        private int place(int at) {
            if (copyEnd < keyframe.length && keyframe[copyEnd] == ids[at]) {
                return copyEnd;
            }
            return placeOf(ids[at]);
        }

        private int placeOf(long id) {
            if (id > newest) {
                return -1;
            }
            Map<Long, Integer> known = places;
            if (known == null) {
                known = HashMap.newHashMap(keyframe.length);
                for (int i = keyframe.length - 1; i >= 0; i--) {
                    known.put(keyframe[i], i);
                }
                places = known;
            }
            return known.getOrDefault(id, -1);
        }

        private int copy(int at, int place) {
            int most = Math.min(ids.length - at, keyframe.length - place);
            int different = Arrays.mismatch(ids, at, at + most, keyframe, place, place + most);
            int count = different < 0 ? most : different;
            Varints.write(out, (long) count << 1);
            Varints.writeSigned(out, place - copyEnd);
            copyEnd = place + count;
            return at + count;
        }

        private int run(int at) {
            int end = at + 1;
            while (end < ids.length && isNext(end) && placeOf(ids[end]) < 0) {
                end++;
            }
            long ownPack = SegmentId.pack(ids[at]);
            int slot = SegmentId.slot(ids[at]);
            Varints.write(out, (long) (end - at) << 1 | 1);
            Varints.writeSigned(out, ownPack - pack);
            Varints.writeSigned(out, slot - (ownPack == pack ? slotEnd : 0));
            pack = ownPack;
            slotEnd = slot + end - at;
            return end;
        }

        private boolean isNext(int index) {
            return ids[index] == ids[index - 1] + 1 && SegmentId.pack(ids[index]) == SegmentId.pack(ids[index - 1]);
        }
    }

    private static final class Decoder {
        private final Varints.Reader in;
        private final long[] keyframe;
        private long[] ids = new long[64];
        private int size;
        private int copyEnd;
        private long pack;
        private int slotEnd;

        Decoder(byte[] manifest, long[] keyframe) {
            this.in = new Varints.Reader(manifest);
            this.keyframe = keyframe;
        }

        long[] decode() {
            while (!in.atEnd()) {
                long head = in.next();
                long count = head >>> 1;
                if (count > Cuts.MOST_SEGMENTS - size) {
                    throw new IllegalArgumentException("a manifest of more segments than a body has");
                }
                if ((head & 1) == 0) {
                    copy((int) count);
                } else {
                    run((int) count);
                }
            }
            return Arrays.copyOf(ids, size);
        }

        private void copy(int count) {
            long place = copyEnd + in.nextSigned();
            if (place < 0 || place > keyframe.length - count) {
                throw new IllegalArgumentException("a copy from outside the keyframe");
            }
            room(count);
            System.arraycopy(keyframe, (int) place, ids, size, count);
            size += count;
            copyEnd = (int) place + count;
        }

        private void run(int count) {
            long ownPack = pack + in.nextSigned();
            long slot = in.nextSigned() + (ownPack == pack ? slotEnd : 0);
            if (ownPack < 0 || ownPack > SegmentId.MOST_PACK || slot < 0 || slot > SegmentId.MOST_SLOTS - count) {
                throw new IllegalArgumentException("a run outside its pack");
            }
            room(count);
            for (int i = 0; i < count; i++) {
                ids[size++] = SegmentId.of(ownPack, (int) slot + i);
            }
            pack = ownPack;
            slotEnd = (int) slot + count;
        }

        private void room(int count) {
            if (ids.length - size < count) {
                ids = Arrays.copyOf(ids, Math.max(ids.length * 2, size + count));
            }
        }
    }
}
