package dev.ccproxy.api;

import dev.ccproxy.api.form.ChangesForm;
import dev.ccproxy.api.form.ClientChangesForm;
import dev.ccproxy.api.form.ClientChangesForm.RequestForm;
import dev.ccproxy.api.form.ClientChangesForm.SetChangesForm;
import dev.ccproxy.api.form.ClientsForm;
import dev.ccproxy.api.form.ClientsForm.ClientForm;
import dev.ccproxy.api.form.ClientsForm.DifferencesForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.insight.ClientDifferences;
import dev.ccproxy.insight.PartKind;
import dev.ccproxy.insight.Prompt;
import dev.ccproxy.insight.PromptChanges;
import dev.ccproxy.json.Json;
import dev.ccproxy.storage.ClientReader;
import dev.ccproxy.storage.ClientSeen;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which programs sent exchanges, what a proxy changes for them, and what one sends that another did not. */
final class Clients {

    private static final Json JSON = new Json();
    private static final Prompt NO_PROMPT = Prompt.of(JSON, Bytes.utf8("{}")).orElseThrow();
    private static final int MOST = 200;

    private final ClientReader clients;
    private final ExchangeReader reader;
    private final StoredBytes bodies;

    Clients(ClientReader clients, ExchangeReader reader, StoredBytes bodies) {
        this.clients = clients;
        this.reader = reader;
        this.bodies = bodies;
    }

    Answer list(Call call) {
        List<ClientDifferences> known = ClientDifferences.all(JSON);
        return JsonForm.answer(
                200,
                new ClientsForm(clients.clients(MOST).stream()
                        .map(seen -> form(seen, known))
                        .toList()));
    }

    private static ClientForm form(ClientSeen seen, List<ClientDifferences> known) {
        ClientProgram program = ClientProgram.of(seen.agent()).orElse(null);
        DifferencesForm differences = program == null
                ? null
                : ClientDifferences.of(known, program.name(), program.version())
                        .map(found -> DifferencesForm.of(found, program.version()))
                        .orElse(null);
        return new ClientForm(
                seen.agent(),
                program == null ? null : program.name(),
                program == null ? null : program.version(),
                seen.first().toEpochMilli(),
                seen.last().toEpochMilli(),
                seen.exchanges(),
                differences);
    }

    Answer changes(Call call) throws IOException, InterruptedException {
        List<ClientSeen> seen = clients.clients(MOST);
        Optional<Last> after = last(seen, call.query().get("to"), null);
        Optional<Last> before = after.flatMap(last -> last(seen, call.query().get("from"), last));
        return after.isEmpty() || before.isEmpty()
                ? Problem.unknownClient().answer()
                : bodies.inTurn(() -> JsonForm.answer(200, changes(before.get(), after.get())));
    }

    /** The last request of a program that is recorded. */
    private record Last(ClientProgram program, String agent, StoredExchange exchange) {

        RequestForm form() {
            return new RequestForm(
                    agent,
                    exchange.summary().id().toString(),
                    exchange.summary().at().toEpochMilli());
        }
    }

    /**
     * Of that version, or the newest; where it is to be compared with another, the newest before that, and rather one that
     * runs in the same mode.
     */
    private Optional<Last> last(List<ClientSeen> seen, @Nullable String version, @Nullable Last other) {
        List<Last> candidates = seen.stream()
                .flatMap(client -> last(client).stream())
                .filter(last -> version == null || last.program.version().equals(version))
                .filter(last -> other == null || last.program.name().equals(other.program.name()))
                .filter(last -> other == null || !last.program.version().equals(other.program.version()))
                .filter(last -> other == null || version != null || isBefore(last.program, other.program))
                .toList();
        return candidates.stream().max((one, two) -> {
            int newer = ClientDifferences.compare(one.program.version(), two.program.version());
            boolean sameMode = other != null && one.program.mode().equals(other.program.mode());
            return newer != 0 ? newer : sameMode ? 1 : -1;
        });
    }

    private static boolean isBefore(ClientProgram one, ClientProgram other) {
        return ClientDifferences.compare(one.version(), other.version()) < 0;
    }

    private Optional<Last> last(ClientSeen client) {
        return ClientProgram.of(client.agent())
                .flatMap(program -> clients.lastMain(client.agent())
                        .flatMap(reader::find)
                        .map(exchange -> new Last(program, client.agent(), exchange)));
    }

    private ClientChangesForm changes(Last before, Last after) throws IOException, InterruptedException {
        PromptChanges changes = PromptChanges.between(prompt(before.exchange), prompt(after.exchange));
        Headers old = before.exchange.requestHeaders();
        Headers now = after.exchange.requestHeaders();
        return new ClientChangesForm(
                before.form(),
                after.form(),
                changed(names(old), names(now)),
                changed(betas(old), betas(now)),
                changes.blocks().stream()
                        .filter(block -> block.change() != PromptChanges.Change.SAME)
                        .filter(block -> isOfProgram(block.part().kind()))
                        .map(ChangesForm.Block::of)
                        .toList(),
                changes.parameters().stream().map(ChangesForm.Parameter::of).toList());
    }

    /** Tools of MCP servers are the user's. */
    private static boolean isOfProgram(PartKind kind) {
        return switch (kind) {
            case TOOLS, SYSTEM -> true;
            case MCP, MEMORY, SKILLS, REMINDER, USER, ASSISTANT, THINKING, TOOLCALL, RESULT, IMAGE, OTHER -> false;
        };
    }

    private Prompt prompt(StoredExchange exchange) throws IOException, InterruptedException {
        return new RecordedBodies(reader, exchange)
                .requestBytes()
                .flatMap(body -> Prompt.of(JSON, body))
                .orElse(NO_PROMPT);
    }

    private static Set<String> names(Headers headers) {
        return headers.lines().stream()
                .map(Header::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> betas(Headers headers) {
        return headers.all("anthropic-beta").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(beta -> !beta.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SetChangesForm changed(Set<String> before, Set<String> after) {
        return new SetChangesForm(
                after.stream().filter(name -> !before.contains(name)).toList(),
                before.stream().filter(name -> !after.contains(name)).toList());
    }
}
