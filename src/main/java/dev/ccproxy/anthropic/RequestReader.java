package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonCursor.Kind;
import dev.ccproxy.json.JsonSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a request's body, or over what is behind a {@link ReadingMark} of an earlier one. Marks are set in front of
 * the last two answers that the request carries: what stands before those is sent again unchanged by the next.
 */
final class RequestReader {

    private static final Pattern OLDER_USER_ID = Pattern.compile("_session_([0-9a-fA-F-]{36})$");
    private static final int MOST_USER_ID_CHARS = 2_000;
    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_STOP_SEQUENCES = 16;
    private static final int MARKS = 2;

    private final Bytes body;
    private final BodyPrefix prefix;
    private final JsonCursor json;
    private final RequestNotes notes;
    private final @Nullable ReadingMark from;

    /** What was taken down when the messages began. */
    private RequestNotes before;

    private final ArrayDeque<Place> places = new ArrayDeque<>();

    /** In front of an answer: behind so many messages. */
    private record Place(int end, int messages) {}

    RequestReader(Bytes body, List<ReadingMark> known) {
        this.body = body;
        this.prefix = new BodyPrefix(body);
        this.from = known.stream()
                .sorted(Comparator.comparingInt(ReadingMark::end).reversed())
                .filter(mark -> mark.fits(prefix))
                .findFirst()
                .orElse(null);
        this.json = from == null ? new JsonCursor(body) : JsonCursor.behind(body, from.end());
        this.notes = from == null ? new RequestNotes() : from.notes();
        this.before = notes.copy();
    }

    Optional<RequestFacts> read() {
        if (from != null) {
            mark(from.end());
            messages(from.end());
        } else if (!json.enterObject()) {
            return Optional.empty();
        }
        while (json.nextMember()) {
            member();
        }
        if (!json.atEnd()) {
            return Optional.empty();
        }
        int parsedBytes = body.length() - (from == null ? 0 : from.end());
        return Optional.of(notes.facts(places.stream().map(this::marked).toList(), parsedBytes));
    }

    private void member() {
        if (json.nameIs("model")) {
            notes.model = json.text(MOST_NAME_CHARS);
        } else if (json.nameIs("messages")) {
            notes.messages = notes.messages.emptied();
            before = notes.copy();
            places.clear();
            if (json.enterArray()) {
                messages(json.position());
            }
        } else if (json.nameIs("system")) {
            system();
        } else if (json.nameIs("tools")) {
            tools();
        } else if (json.nameIs("metadata")) {
            metadata();
        } else if (json.nameIs("max_tokens")) {
            notes.maxTokens = json.integer(-1);
        } else if (json.nameIs("thinking")) {
            notes.hasThinking = json.kind() == Kind.OBJECT;
        } else if (json.nameIs("output_config")) {
            outputConfig();
        } else if (json.nameIs("stream")) {
            notes.stream = truth(json.kind());
        } else if (json.nameIs("stop_sequences")) {
            stopSequences();
        }
    }

    private static @Nullable Boolean truth(Kind kind) {
        return kind == Kind.TRUE ? Boolean.TRUE : kind == Kind.FALSE ? Boolean.FALSE : null;
    }

    /** What is left of the array, whose last message so far ends at {@code end}. */
    private void messages(int end) {
        int last = end;
        while (json.nextElement()) {
            message(last);
            last = json.position();
        }
    }

    private void message(int endOfLast) {
        if (!json.enterObject()) {
            return;
        }
        String role = "";
        MessageContent content = null;
        while (json.nextMember()) {
            if (json.nameIs("role")) {
                String given = json.text(MOST_NAME_CHARS);
                role = given == null ? "" : given;
            } else if (json.nameIs("content")) {
                content = MessageContent.read(json, body);
            }
        }
        if (role.equals("assistant") && notes.messages.chain.count() > 0 && !notes.messages.chain.isFull()) {
            mark(endOfLast);
        }
        if (content != null) {
            notes.messages.add(role, content);
        }
    }

    private void mark(int end) {
        if (places.isEmpty() || places.getLast().end() < end) {
            places.add(new Place(end, notes.messages.chain.count()));
        }
        if (places.size() > MARKS) {
            places.removeFirst();
        }
    }

    private ReadingMark marked(Place place) {
        RequestNotes there = before.copy();
        there.messages = notes.messages.upTo(place.messages());
        return new ReadingMark(place.end(), prefix.fingerprintTo(place.end()), there);
    }

    private void tools() {
        notes.tools = 0;
        notes.toolsFingerprint = 0;
        if (!json.enterArray()) {
            return;
        }
        Fingerprint tools = new Fingerprint();
        while (json.nextElement()) {
            notes.tools++;
            tool(tools);
        }
        notes.toolsFingerprint = notes.tools == 0 ? 0 : tools.value();
    }

    private void tool(Fingerprint tools) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (!json.nameIs("cache_control")) {
                tools.add(json.nameBytes());
                JsonSpan value = json.span();
                tools.add(value == null ? Bytes.EMPTY : value.of(body));
            }
        }
    }

    private void system() {
        notes.systemBlocks = 0;
        notes.firstSystemText = null;
        notes.systemFingerprint = 0;
        Fingerprint system = new Fingerprint();
        if (json.kind() == Kind.STRING) {
            JsonSpan text = json.span();
            systemText(system, text == null ? null : text.of(body));
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                systemText(system, MessageContent.textOfBlock(json, body));
            }
        }
        notes.systemFingerprint = notes.systemBlocks == 0 ? 0 : system.value();
    }

    private void systemText(Fingerprint system, @Nullable Bytes text) {
        boolean first = notes.systemBlocks++ == 0;
        if (text == null) {
            return;
        }
        String beginning = JsonCursor.text(text, RequestFacts.MOST_TEXT_CHARS);
        if (first) {
            notes.firstSystemText = beginning;
        }
        if (!Attribution.isOne(beginning)) {
            system.add(MessageContent.withoutEnd(text));
            notes.messages.directoryIn(text);
        }
    }

    private void metadata() {
        notes.sessionId = null;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("user_id")) {
                    String userId = json.text(MOST_USER_ID_CHARS);
                    notes.sessionId = userId == null ? null : sessionOf(userId);
                }
            }
        }
    }

    private static @Nullable String sessionOf(String userId) {
        JsonCursor inside = new JsonCursor(Bytes.utf8(userId));
        String session = null;
        if (inside.enterObject()) {
            while (inside.nextMember()) {
                if (inside.nameIs("session_id")) {
                    session = inside.text(MOST_NAME_CHARS);
                }
            }
            return session;
        }
        Matcher older = OLDER_USER_ID.matcher(userId);
        return older.find() ? older.group(1) : null;
    }

    private void outputConfig() {
        notes.hasOutputFormat = false;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("format")) {
                    notes.hasOutputFormat = json.kind() == Kind.OBJECT;
                }
            }
        }
    }

    private void stopSequences() {
        List<String> sequences = new ArrayList<>();
        if (json.enterArray()) {
            while (json.nextElement()) {
                String sequence = json.text(MOST_NAME_CHARS);
                if (sequence != null && sequences.size() < MOST_STOP_SEQUENCES) {
                    sequences.add(sequence);
                }
            }
        }
        notes.stopSequences = List.copyOf(sequences);
    }
}
