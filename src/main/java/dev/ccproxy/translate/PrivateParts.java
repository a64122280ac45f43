package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonCursor;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.json.JsonSpans;
import java.util.Optional;

/**
 * Takes out of a Messages request what concerns only Anthropic, for another provider that speaks the same format: who uses
 * which device, which becomes a short hash, and Claude Code's billing block. No other byte changes.
 */
public final class PrivateParts {

    private static final int HASH_DIGITS = 32;

    private PrivateParts() {}

    /** The request as a stranger may see it. */
    public static Bytes removedFrom(Bytes body) {
        return withoutUser(withoutBilling(body));
    }

    private static Bytes withoutUser(Bytes body) {
        Optional<JsonSpan> user = JsonSpans.find(body, "metadata", "user_id");
        if (user.isEmpty()) {
            return body;
        }
        String hash = Digest.of(user.get().of(body).utf8(), HASH_DIGITS);
        return JsonSpans.replace(body, user.get(), Bytes.utf8('"' + hash + '"'));
    }

    private static Bytes withoutBilling(Bytes body) {
        Optional<JsonSpan> text = JsonSpans.find(body, "system", 0, "text");
        boolean billing = text.isPresent()
                && body.at(text.get().from()) == '"'
                && JsonCursor.text(text.get().of(body), MessagesRequestReader.BILLING_BLOCK.length())
                        .equals(MessagesRequestReader.BILLING_BLOCK);
        if (!billing) {
            return body;
        }
        JsonSpan block = JsonSpans.find(body, "system", 0).orElseThrow();
        int to = JsonSpans.find(body, "system", 1).map(JsonSpan::from).orElse(block.to());
        return JsonSpans.replace(body, new JsonSpan(block.from(), to), Bytes.EMPTY);
    }
}
