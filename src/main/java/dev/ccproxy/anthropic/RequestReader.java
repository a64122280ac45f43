package dev.ccproxy.anthropic;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonCursor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One pass over a request's body. */
final class RequestReader {

    private static final Pattern OLDER_USER_ID = Pattern.compile("_session_([0-9a-fA-F-]{36})$");
    private static final int MOST_USER_ID_CHARS = 2_000;
    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_STOP_SEQUENCES = 16;

    private final Bytes body;
    private final JsonCursor json;

    private @Nullable String model;
    private @Nullable Boolean stream;
    private long maxTokens = -1;
    private boolean hasThinking;
    private boolean hasOutputFormat;
    private int tools;
    private int systemBlocks;
    private @Nullable String firstSystemText;
    private @Nullable String sessionId;
    private @Nullable ContentTexts firstUser;
    private @Nullable ContentTexts lastUser;
    private final List<String> stopSequences = new ArrayList<>();

    RequestReader(Bytes body) {
        this.body = body;
        this.json = new JsonCursor(body);
    }

    Optional<RequestFacts> read() {
        if (!json.enterObject()) {
            return Optional.empty();
        }
        while (json.nextMember()) {
            member();
        }
        if (!json.atEnd()) {
            return Optional.empty();
        }
        return Optional.of(new RequestFacts(
                model,
                stream,
                maxTokens,
                hasThinking,
                hasOutputFormat,
                tools,
                systemBlocks,
                firstSystemText,
                sessionId,
                firstUser == null ? null : firstUser.prompt(),
                lastUser == null ? null : lastUser.last(),
                stopSequences));
    }

    private void member() {
        if (json.nameIs("model")) {
            model = json.text(MOST_NAME_CHARS);
        } else if (json.nameIs("messages")) {
            messages();
        } else if (json.nameIs("system")) {
            system();
        } else if (json.nameIs("tools")) {
            tools = json.count();
        } else if (json.nameIs("metadata")) {
            metadata();
        } else if (json.nameIs("max_tokens")) {
            maxTokens = json.integer(-1);
        } else if (json.nameIs("thinking")) {
            hasThinking = json.kind() == Kind.OBJECT;
        } else if (json.nameIs("output_config")) {
            outputConfig();
        } else if (json.nameIs("stream")) {
            stream = truth(json.kind());
        } else if (json.nameIs("stop_sequences")) {
            stopSequences();
        }
    }

    private static @Nullable Boolean truth(Kind kind) {
        return kind == Kind.TRUE ? Boolean.TRUE : kind == Kind.FALSE ? Boolean.FALSE : null;
    }

    private void messages() {
        firstUser = null;
        lastUser = null;
        if (json.enterArray()) {
            while (json.nextElement()) {
                message();
            }
        }
    }

    private void message() {
        if (!json.enterObject()) {
            return;
        }
        boolean user = false;
        ContentTexts content = null;
        while (json.nextMember()) {
            if (json.nameIs("role")) {
                user = "user".equals(json.text(MOST_NAME_CHARS));
            } else if (json.nameIs("content")) {
                content = ContentTexts.read(json, body);
            }
        }
        if (user && content != null) {
            firstUser = firstUser == null ? content : firstUser;
            lastUser = content;
        }
    }

    private void system() {
        systemBlocks = 0;
        firstSystemText = null;
        if (json.kind() == Kind.STRING) {
            systemBlocks = 1;
            firstSystemText = json.text(RequestFacts.MOST_TEXT_CHARS);
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                if (systemBlocks++ == 0) {
                    Bytes text = ContentTexts.textOfBlock(json, body);
                    firstSystemText = text == null ? null : JsonCursor.text(text, RequestFacts.MOST_TEXT_CHARS);
                }
            }
        }
    }

    private void metadata() {
        sessionId = null;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("user_id")) {
                    String userId = json.text(MOST_USER_ID_CHARS);
                    sessionId = userId == null ? null : sessionOf(userId);
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
        hasOutputFormat = false;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("format")) {
                    hasOutputFormat = json.kind() == Kind.OBJECT;
                }
            }
        }
    }

    private void stopSequences() {
        stopSequences.clear();
        if (json.enterArray()) {
            while (json.nextElement()) {
                String sequence = json.text(MOST_NAME_CHARS);
                if (sequence != null && stopSequences.size() < MOST_STOP_SEQUENCES) {
                    stopSequences.add(sequence);
                }
            }
        }
    }
}
