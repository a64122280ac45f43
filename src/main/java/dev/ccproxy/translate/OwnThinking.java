package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes thinking blocks with our own signature out of a Messages request before Anthropic sees it and refuses it. No other
 * byte changes; a message that held nothing else goes too.
 */
final class OwnThinking {

    private final Bytes body;
    private final JsonCursor json;
    private final List<JsonSpan> cuts = new ArrayList<>();

    private OwnThinking(Bytes body) {
        this.body = body;
        this.json = new JsonCursor(body);
    }

    /** The request without those blocks; the same one where it has none. */
    static Bytes removedFrom(Bytes body) {
        OwnThinking thinking = new OwnThinking(body);
        thinking.find();
        return thinking.cuts.isEmpty() || !thinking.json.atEnd() ? body : thinking.cut();
    }

    private void find() {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.nameIs("messages") && json.enterArray()) {
                Elements messages = new Elements();
                while (json.nextElement()) {
                    messages.next(json.position());
                    boolean nothingLeft = message();
                    messages.read(json.position(), nothingLeft);
                }
                messages.cutInto(cuts);
            }
        }
    }

    /** Whether nothing of the message is left. */
    private boolean message() {
        boolean nothingLeft = false;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("content") && json.enterArray()) {
                    nothingLeft = content();
                }
            }
        }
        return nothingLeft;
    }

    private boolean content() {
        Elements blocks = new Elements();
        while (json.nextElement()) {
            blocks.next(json.position());
            boolean ours = block();
            blocks.read(json.position(), ours);
        }
        if (blocks.allCut()) {
            return true;
        }
        blocks.cutInto(cuts);
        return false;
    }

    private boolean block() {
        boolean ours = false;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("signature")) {
                    String signature = json.text();
                    ours = signature != null && ThinkingSeal.isOurs(signature);
                }
            }
        } else {
            json.skip();
        }
        return ours;
    }

    private Bytes cut() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(body.length());
        int from = 0;
        for (JsonSpan cut : cuts) {
            kept.writeBytes(body.slice(from, cut.from()).toByteArray());
            from = cut.to();
        }
        kept.writeBytes(body.slice(from, body.length()).toByteArray());
        return Bytes.wrap(kept.toByteArray());
    }

    /** The elements of one array, each of which stays or goes with one comma beside it. */
    private static final class Elements {
        private final List<JsonSpan> spans = new ArrayList<>();
        private final List<Boolean> goes = new ArrayList<>();
        private int start;

        void next(int position) {
            start = position;
        }

        void read(int position, boolean cut) {
            spans.add(new JsonSpan(start, position));
            goes.add(cut);
        }

        boolean allCut() {
            return !goes.isEmpty() && goes.stream().allMatch(cut -> cut);
        }

        /** Adds what lies between the elements that stay; {@code cuts} stays in rising order. */
        void cutInto(List<JsonSpan> cuts) {
            List<JsonSpan> added = new ArrayList<>();
            JsonSpan kept = null;
            for (int i = 0; i < spans.size(); i++) {
                if (goes.get(i)) {
                    JsonSpan gap = gap(i, kept);
                    added.add(gap);
                } else {
                    kept = spans.get(i);
                }
            }
            cuts.removeIf(inner ->
                    added.stream().anyMatch(outer -> outer.from() <= inner.from() && inner.to() <= outer.to()));
            cuts.addAll(added);
            cuts.sort((one, other) -> Integer.compare(one.from(), other.from()));
        }

        /** With the comma before it where an element before it stays, else with the one behind it. */
        private JsonSpan gap(int i, @Nullable JsonSpan keptBefore) {
            if (keptBefore != null) {
                return new JsonSpan(spans.get(i - 1).to(), spans.get(i).to());
            }
            int to = i + 1 < spans.size()
                    ? spans.get(i + 1).from()
                    : spans.get(i).to();
            return new JsonSpan(spans.get(i).from(), to);
        }
    }
}
