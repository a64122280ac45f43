package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.segment.Cuts;
import dev.ccproxy.storage.segment.Segmenter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of one kind in one thread, each of which mostly repeats the one before: what was learnt about the last one is
 * not found out again. For the writer thread.
 */
final class Lane {

    /** A list of segments that later ones are coded against. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Keyframe(long row, long[] ids, int codedBytes) {}

    /** A body, where it is cut, its segments, and how it is held. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Last(Bytes body, Cuts cuts, long[] ids, BodyTable.Held held) {
        long heldBytes() {
            return body.length() + 16L * ids.length;
        }
    }

    /** How a body begins: its cuts, and the ids of as many segments as the last one had too. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Start(Cuts cuts, long[] ids, int known) {}

    private @Nullable Keyframe keyframe;
    private @Nullable Last last;

    Lane(@Nullable Keyframe keyframe) {
        this.keyframe = keyframe;
    }

    @Nullable
    Keyframe keyframe() {
        return keyframe;
    }

    void keyframe(Keyframe next) {
        keyframe = next;
    }

    /** What was learnt about the last body when this is the same, sent twice or tried again; else null. */
    @Nullable
    Last lastIfSame(Bytes body) {
        return last != null && last.body().equals(body) ? last : null;
    }

    /** Cuts a body; the part that it shares with the last one costs a comparison only. */
    Start start(Bytes body) {
        if (last == null) {
            Cuts cuts = Segmenter.cut(body);
            return new Start(cuts, new long[cuts.size()], 0);
        }
        int common = common(last.body(), body);
        Cuts cuts = Segmenter.cut(body, last.cuts(), common);
        int known = known(cuts, last.cuts(), common);
        return new Start(cuts, Arrays.copyOf(Arrays.copyOf(last.ids(), known), cuts.size()), known);
    }

    void last(Last next) {
        last = next;
    }

    long heldBytes() {
        long listed = keyframe == null ? 0 : 8L * keyframe.ids().length;
        return 200 + listed + (last == null ? 0 : last.heldBytes());
    }

    private static int known(Cuts cuts, Cuts before, int common) {
        int known = 0;
        int most = Math.min(cuts.size(), before.size());
        while (known < most && cuts.end(known) <= common && cuts.end(known) == before.end(known)) {
            known++;
        }
        return known;
    }

    private static int common(Bytes one, Bytes other) {
        int most = Math.min(one.length(), other.length());
        int different = Arrays.mismatch(
                one.array(),
                one.arrayOffset(),
                one.arrayOffset() + most,
                other.array(),
                other.arrayOffset(),
                other.arrayOffset() + most);
        return different < 0 ? most : different;
    }
}
