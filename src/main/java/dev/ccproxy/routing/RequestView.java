package dev.ccproxy.routing;

import dev.ccproxy.exchange.Kind;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What rules may ask about a request. What costs something to find out is found out when the first rule asks. For one
 * thread.
 */
public final class RequestView {

    /** Characters of JSON for each token, on the whole; images make it an overestimate. */
    private static final long BYTES_PER_TOKEN = 4;

    private final Head head;
    private final Content content;
    private final Supplier<Optional<String>> findAgent;
    private final Supplier<Kind> findKind;
    private Optional<Optional<String>> agent = Optional.empty();
    private Optional<Kind> kind = Optional.empty();

    /**
     * What the head of a request says.
     *
     * @param path without query
     * @param agentId of a subagent
     * @param agentType as the client calls it in {@code x-claude-code-agent-type}
     */
    public record Head(String path, Optional<String> session, Optional<String> agentId, Optional<String> agentType) {}

    /**
     * What its body says.
     *
     * @param model the requested one
     * @param tools whether it offers tools
     * @param thinking whether it asks for thinking
     */
    public record Content(String model, long bytes, BooleanSupplier tools, BooleanSupplier thinking) {}

    public RequestView(Head head, Content content, Supplier<Optional<String>> findAgent, Supplier<Kind> findKind) {
        this.head = head;
        this.content = content;
        this.findAgent = findAgent;
        this.findKind = findKind;
    }

    public Head head() {
        return head;
    }

    public Content content() {
        return content;
    }

    /** The name of the agent that asks. */
    public Optional<String> agent() {
        if (agent.isEmpty()) {
            agent = Optional.of(findAgent.get());
        }
        return agent.get();
    }

    public Kind kind() {
        if (kind.isEmpty()) {
            kind = Optional.of(findKind.get());
        }
        return kind.get();
    }

    /** How many tokens the request has, about. */
    public long tokens() {
        return content.bytes() / BYTES_PER_TOKEN;
    }
}
