package dev.ccproxy.routing;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules look at in a request's body, found in one walk: values that nobody asks for are only passed over. Works for
 * the Messages API and, as far as they are alike, for Chat Completions.
 *
 * @param model where the model's name stands
 * @param firstUser where the content of the first user message stands
 * @param lastUser where that of the last one stands
 * @param members where those stand that do not grow with the conversation
 */
public record RequestGlance(
        Bytes body,
        @Nullable JsonSpan model,
        @Nullable JsonSpan firstUser,
        @Nullable JsonSpan lastUser,
        boolean tools,
        boolean thinking,
        boolean stream,
        Map<String, JsonSpan> members) {

    private static final int MOST_NAME_CHARS = 512;

    /** Members that do not grow with the conversation. */
    private static final List<String> SHORT =
            List.of("system", "thinking", "output_config", "max_tokens", "stop_sequences", "stream");

    public RequestGlance {
        members = Map.copyOf(members);
    }

    /** Looks at a body; empty where it is no JSON object. */
    public static Optional<RequestGlance> at(Bytes body) {
        return new Walk(body).glance();
    }

    public String modelName() {
        return model == null ? "" : JsonCursor.text(model.of(body), MOST_NAME_CHARS);
    }

    public List<String> systemTexts() {
        JsonSpan system = members.get("system");
        return system == null ? List.of() : texts(system.of(body));
    }

    public List<String> firstUserTexts() {
        return firstUser == null ? List.of() : texts(firstUser.of(body));
    }

    /**
     * The same request without its history and the definitions of its tools, as JSON: whoever reads it for what kind of
     * request it is need not walk over the rest again.
     */
    public Bytes outline() {
        List<Bytes> pieces = new ArrayList<>();
        String separator = "{";
        for (Map.Entry<String, JsonSpan> member : members.entrySet()) {
            pieces.add(Bytes.utf8(separator + "\"" + member.getKey() + "\":"));
            pieces.add(member.getValue().of(body));
            separator = ",";
        }
        pieces.add(Bytes.utf8(separator + "\"tools\":" + (tools ? "[{}]" : "[]") + ",\"messages\":["));
        if (lastUser != null) {
            pieces.add(Bytes.utf8("{\"role\":\"user\",\"content\":"));
            pieces.add(lastUser.of(body));
            pieces.add(Bytes.utf8("}"));
        }
        pieces.add(Bytes.utf8("]}"));
        return Bytes.joined(pieces);
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
        private final Map<String, JsonSpan> members = new LinkedHashMap<>();
        private @Nullable JsonSpan firstUser;
        private @Nullable JsonSpan lastUser;
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
                    ? Optional.of(new RequestGlance(body, model, firstUser, lastUser, tools, thinking, stream, members))
                    : Optional.empty();
        }

        private void member() {
            if (json.nameIs("model")) {
                model = json.kind() == JsonCursor.Kind.STRING ? json.span() : null;
            } else if (json.nameIs("messages")) {
                messages();
            } else if (json.nameIs("tools")) {
                tools = false;
                if (json.enterArray()) {
                    while (json.nextElement()) {
                        tools = true;
                    }
                }
            } else {
                SHORT.stream().filter(json::nameIs).findFirst().ifPresent(this::shortMember);
            }
        }

        private void shortMember(String name) {
            switch (name) {
                case "thinking" -> thinking = json.kind() == JsonCursor.Kind.OBJECT;
                case "stream" -> stream = json.kind() == JsonCursor.Kind.TRUE;
                default -> {}
            }
            JsonSpan span = json.span();
            if (span != null) {
                members.put(name, span);
            }
        }

        private void messages() {
            firstUser = null;
            lastUser = null;
            if (!json.enterArray()) {
                return;
            }
            while (json.nextElement()) {
                if (json.enterObject()) {
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
            if (user && content != null) {
                firstUser = firstUser == null ? content : firstUser;
                lastUser = content;
            }
        }
    }
}
