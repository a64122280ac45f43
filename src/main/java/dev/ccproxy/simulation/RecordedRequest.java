package dev.ccproxy.simulation;

import dev.ccproxy.agents.AgentDefinition;
import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.http.Headers;
import dev.ccproxy.routing.Condition;
import dev.ccproxy.routing.RequestGlance;
import dev.ccproxy.routing.RequestView;
import dev.ccproxy.storage.StoredExchange;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A recorded exchange as rules see it. Most of it stands in its row of the list; its heads and its body are read only where a
 * rule asks for what only they tell. For one thread.
 */
final class RecordedRequest {

    private final ExchangeSummary summary;
    private final Sources sources;
    private final @Nullable String agentType;
    private Optional<RequestGlance> glance = Optional.empty();
    private boolean glanced;
    private Optional<AgentDefinition> definition = Optional.empty();
    private boolean identified;

    /**
     * Where things are looked up.
     *
     * @param includeMain whether a main agent may have a name
     * @param known definitions of subagents that were looked up before
     */
    record Sources(
            Allowance bodies,
            Supplier<Optional<StoredExchange>> whole,
            AgentFiles files,
            KnownAgents known,
            boolean includeMain) {}

    RecordedRequest(ExchangeSummary summary, Sources sources, boolean asksForType) {
        this.summary = summary;
        this.sources = sources;
        this.agentType = asksForType ? header("x-claude-code-agent-type") : null;
    }

    private @Nullable String header(String name) {
        return sources.whole()
                .get()
                .map(StoredExchange::requestHeaders)
                .orElse(Headers.EMPTY)
                .first(name)
                .orElse(null);
    }

    RequestView view() {
        return new RequestView(
                new RequestView.Head(
                        summary.path(),
                        Optional.ofNullable(summary.sessionId()),
                        Optional.ofNullable(summary.agentId()),
                        Optional.ofNullable(agentType)),
                new RequestView.Content(
                        Objects.requireNonNullElse(summary.requestedModel(), ""),
                        summary.requestBytes(),
                        () -> glance().map(RequestGlance::tools).orElse(false),
                        () -> glance().map(RequestGlance::thinking).orElse(false)),
                () -> agent().map(Explanation.Agent::name),
                summary::kind);
    }

    /** Whether enough was kept to tell. */
    boolean tells(Condition condition) {
        return switch (condition) {
            case TOOLS, THINKING -> glance().isPresent();
            case AGENT -> !mayBeNamed() || agent().isPresent() || glance().isPresent();
            case PATH, SESSION, AGENT_TYPE, MODEL, TOKENS_OVER, TOKENS_UNDER, KIND -> true;
        };
    }

    private boolean mayBeNamed() {
        return summary.agentId() != null || sources.includeMain();
    }

    /** Who asked: by a definition as it is now, else by the call that started it. */
    Optional<Explanation.Agent> agent() {
        if (!mayBeNamed()) {
            return Optional.empty();
        }
        if (!identified) {
            identified = true;
            definition = sources.known().of(summary, this::matchingFile);
        }
        return definition
                .map(it -> new Explanation.Agent(it.name(), Optional.of(it.file())))
                .or(() -> Optional.ofNullable(summary.findings().labels().agent())
                        .map(name -> new Explanation.Agent(name, Optional.empty())));
    }

    private Optional<AgentDefinition> matchingFile() {
        return sources.files().definitions().isEmpty()
                ? Optional.empty()
                : glance().flatMap(body -> sources.files().matching(body.systemTexts()));
    }

    private Optional<RequestGlance> glance() {
        if (!glanced) {
            glanced = true;
            glance = read();
        }
        return glance;
    }

    private Optional<RequestGlance> read() {
        try {
            return sources.bodies().requestBody(summary.id()).flatMap(RequestGlance::at);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
