package dev.ccproxy.api;

import dev.ccproxy.api.form.ChangesForm;
import dev.ccproxy.api.form.PromptForm;
import dev.ccproxy.api.form.PromptListForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Parameter.Value.Whole;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.insight.PartKind;
import dev.ccproxy.insight.Prompt;
import dev.ccproxy.insight.PromptChanges;
import dev.ccproxy.insight.PromptPart;
import dev.ccproxy.json.Json;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.PromptVersion;
import dev.ccproxy.storage.PromptVersions;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions of system prompts and tools, and what each says differently from the one before. Safe for all threads. */
final class PromptList {

    static final Whole LIMIT = new Whole(1, 500, 100);

    private static final Json JSON = new Json();
    private static final Pattern HASH = Pattern.compile("(system|tools)-([0-9a-f]{16})");

    private final PromptVersions versions;
    private final ExchangeReader reader;
    private final StoredBytes bodies;

    PromptList(PromptVersions versions, ExchangeReader reader, StoredBytes bodies) {
        this.versions = versions;
        this.reader = reader;
        this.bodies = bodies;
    }

    Answer list(Call call) {
        int limit = (int) LIMIT.of(call, "limit");
        return JsonForm.answer(200, PromptListForm.of(versions.latest(limit + 1), limit, this::client));
    }

    Answer one(Call call) throws IOException, InterruptedException {
        String hash = call.pathValue("id");
        Matcher matcher = HASH.matcher(hash);
        Optional<PromptVersion> found = matcher.matches()
                ? PromptVersion.Part.ofWord(matcher.group(1))
                        .flatMap(part -> versions.find(
                                part,
                                Long.parseUnsignedLong(matcher.group(2), 16),
                                call.queryValue("agent").orElse("")))
                : Optional.empty();
        return found.isEmpty()
                ? Problem.unknownPrompt(hash).answer()
                : bodies.inTurn(() -> JsonForm.answer(200, form(found.get())));
    }

    private PromptForm form(PromptVersion version) throws IOException, InterruptedException {
        Optional<Prompt> prompt = prompt(version);
        PromptVersion before = versions.before(version).orElse(null);
        return PromptForm.of(
                version,
                client(version).orElse(null),
                prompt.map(Prompt::parts).orElse(List.of()),
                before,
                before == null || prompt.isEmpty() ? null : changes(before, version, prompt.get()));
    }

    private Optional<String> client(PromptVersion version) {
        return reader.find(version.firstExchange())
                .flatMap(exchange -> exchange.requestHeaders().first("user-agent"))
                .flatMap(ClientProgram::of)
                .map(program -> program.name() + "/" + program.version());
    }

    private @Nullable ChangesForm changes(PromptVersion before, PromptVersion version, Prompt prompt)
            throws IOException, InterruptedException {
        Optional<Prompt> earlier = prompt(before);
        return earlier.isEmpty()
                ? null
                : ChangesForm.of(
                        before.firstExchange(),
                        Duration.between(before.first(), version.first()).toMillis(),
                        PromptChanges.between(earlier.get(), prompt));
    }

    /** The part of the prompt that is meant, from the exchange that sent it first or last, whichever is left. */
    private Optional<Prompt> prompt(PromptVersion version) throws IOException, InterruptedException {
        for (ExchangeId id : List.of(version.firstExchange(), version.lastExchange())) {
            Optional<StoredExchange> exchange = reader.find(id);
            Optional<Bytes> body =
                    exchange.isEmpty() ? Optional.empty() : new RecordedBodies(reader, exchange.get()).requestBytes();
            Optional<Prompt> prompt = body.flatMap(bytes -> Prompt.of(JSON, bytes));
            if (prompt.isPresent()) {
                List<PromptPart> parts = prompt.get().parts().stream()
                        .filter(part -> isPart(version.part(), part.kind()))
                        .toList();
                return Optional.of(prompt.get().only(parts));
            }
        }
        return Optional.empty();
    }

    private static boolean isPart(PromptVersion.Part part, PartKind kind) {
        return switch (part) {
            case SYSTEM -> kind == PartKind.SYSTEM;
            case TOOLS -> kind == PartKind.TOOLS || kind == PartKind.MCP;
        };
    }
}
