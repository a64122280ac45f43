package dev.ccproxy.routing;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules look at in a request's body, found in one walk: values that nobody asks for are only passed over. Works for
 * the Messages API and, as far as they are alike, for Chat Completions.
 *
 * @param model where the model's name stands
 * @param system where the system prompt stands
 * @param firstUser where the content of the first user message stands
 */
public record RequestGlance(
        Bytes body,
        @Nullable JsonSpan model,
        @Nullable JsonSpan system,
        @Nullable JsonSpan firstUser,
        boolean tools,
        boolean thinking,
        boolean stream) {

    private static final int MOST_NAME_CHARS = 512;

    /** Looks at a body; empty where it is no JSON object. */
    public static Optional<RequestGlance> at(Bytes body) {
        return new Walk(body).glance();
    }

    public String modelName() {
        return model == null ? "" : JsonCursor.text(model.of(body), MOST_NAME_CHARS);
    }

    public List<String> systemTexts() {
        return system == null ? List.of() : texts(system.of(body));
    }

    public List<String> firstUserTexts() {
        return firstUser == null ? List.of() : texts(firstUser.of(body));
    }

    /** A text, or the texts of blocks. */
    private static List<String> texts(Bytes value) {
        JsonCursor json = new JsonCursor(value);
        List<String> texts = new ArrayList<>();
        if (json.kind() == JsonCursor.Kind.STRING) {
            addText(json, texts);
        } else if (json.enterArray()) {
            while (json.nextElement()) {
                if (json.enterObject()) {
                    while (json.nextMember()) {
                        if (json.nameIs("text")) {
                            addText(json, texts);
                        }
                    }
                }
            }
        }
        return texts;
    }

    private static void addText(JsonCursor json, List<String> texts) {
        String text = json.text();
        if (text != null) {
            texts.add(text);
        }
    }

    /** The walk. */
    private static final class Walk {
        private final Bytes body;
        private final JsonCursor json;
        private @Nullable JsonSpan model;
        private @Nullable JsonSpan system;
        private @Nullable JsonSpan firstUser;
        private boolean tools;
        private boolean thinking;
        private boolean stream;

        Walk(Bytes body) {
            this.body = body;
            this.json = new JsonCursor(body);
        }

        Optional<RequestGlance> glance() {
            if (!json.enterObject()) {
                return Optional.empty();
            }
            while (json.nextMember()) {
                member();
            }
            return json.atEnd()
                    ? Optional.of(new RequestGlance(body, model, system, firstUser, tools, thinking, stream))
                    : Optional.empty();
        }

        private void member() {
            if (json.nameIs("model")) {
                model = json.kind() == JsonCursor.Kind.STRING ? json.span() : null;
            } else if (json.nameIs("system")) {
                system = json.span();
            } else if (json.nameIs("messages")) {
                messages();
            } else if (json.nameIs("tools")) {
                tools = false;
                if (json.enterArray()) {
                    while (json.nextElement()) {
                        tools = true;
                    }
                }
            } else if (json.nameIs("thinking")) {
                thinking = json.kind() == JsonCursor.Kind.OBJECT;
            } else if (json.nameIs("stream")) {
                stream = json.kind() == JsonCursor.Kind.TRUE;
            }
        }

        private void messages() {
            firstUser = null;
            if (!json.enterArray()) {
                return;
            }
            while (json.nextElement()) {
                if (firstUser == null && json.enterObject()) {
                    message();
                }
            }
        }

        private void message() {
            boolean user = false;
            JsonSpan content = null;
            while (json.nextMember()) {
                if (json.nameIs("role")) {
                    user = "user".equals(json.text(MOST_NAME_CHARS));
                } else if (json.nameIs("content")) {
                    content = json.span();
                }
            }
            firstUser = user ? content : null;
        }
    }
}
