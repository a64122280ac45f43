package dev.ccproxy.translate;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;
import dev.ccproxy.openai.OpenAiError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates one exchange between a client of one format and a provider of another: the request, the head of the answer,
 * its body, whole or streamed, and its error. Pure; for one exchange and one thread at a time.
 */
public final class Translator {

    private final Json json;
    private final Format client;
    private final Format provider;
    private final Set<Quirk> quirks;
    private final Circumstances circumstances;
    private final Set<Loss> losses = EnumSet.noneOf(Loss.class);
    private ToolNames toolNames = ToolNames.none();
    private boolean streamUsage = true;

    /**
     * What a translation takes from outside.
     *
     * @param freshIds makes the ends of ids for tool calls and answers that come without: letters and digits
     * @param epochSeconds when the exchange began
     * @param maxEventBytes limit of one event of a stream
     */
    public record Circumstances(Supplier<String> freshIds, long epochSeconds, int maxEventBytes) {}

    /** An error body as the client takes it. */
    public record ErrorBody(String type, String message, Bytes body) {}

    public Translator(Json json, Format client, Format provider, Set<Quirk> quirks, Circumstances circumstances) {
        this.json = json;
        this.client = client;
        this.provider = provider;
        this.quirks = quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks);
        this.circumstances = circumstances;
    }

    /** What could not be carried over so far. */
    public Set<Loss> losses() {
        return Collections.unmodifiableSet(losses);
    }

    /**
     * The request as the provider takes it; empty where it is no JSON object. Between a client and a provider of the same
     * format only thinking that we signed ourselves is taken out.
     */
    public Optional<Bytes> request(Bytes body) {
        if (client == provider) {
            Bytes cleaned = client == Format.ANTHROPIC_MESSAGES ? OwnThinking.removedFrom(body) : body;
            if (cleaned.length() != body.length()) {
                losses.add(Loss.THINKING_HISTORY);
            }
            return Optional.of(cleaned);
        }
        return object(body).map(tree -> {
            ModelRequest request = requestReader().read(tree, body);
            toolNames =
                    provider == Format.ANTHROPIC_MESSAGES ? ToolNames.none() : ToolNames.of(request.tools(), losses);
            streamUsage = tree.path("stream_options").path("include_usage").asBoolean(false);
            return json.exact(requestWriter().write(request));
        });
    }

    /** The head of the answer: what the provider says about itself is not the client's. */
    public Headers head(Headers upstream, boolean streamed) {
        List<Header> lines = new ArrayList<>();
        lines.add(new Header("content-type", streamed ? "text/event-stream; charset=utf-8" : "application/json"));
        upstream.first("retry-after").ifPresent(after -> lines.add(new Header("retry-after", after)));
        String idName = client == Format.ANTHROPIC_MESSAGES ? "request-id" : "x-request-id";
        upstream.first(provider == Format.ANTHROPIC_MESSAGES ? "request-id" : "x-request-id")
                .ifPresent(id -> lines.add(new Header(idName, id)));
        return new Headers(lines);
    }

    /** A whole answer as the client takes it; empty where it is no JSON object. */
    public Optional<Bytes> answer(Bytes body) {
        if (client == provider) {
            return Optional.of(body);
        }
        return object(body).map(tree -> {
            AtomicReference<ObjectNode> written = new AtomicReference<>(JsonNodeFactory.instance.objectNode());
            answerReader(wholeWriter(written::set)).whole(tree, body);
            return json.exact(written.get());
        });
    }

    /** A whole answer as a client takes it that asked for a stream; empty where it is no JSON object. */
    public Optional<Bytes> answerAsStream(Bytes body) {
        return object(body).map(tree -> {
            List<Bytes> events = new ArrayList<>();
            answerReader(streamWriter(new EventWriter(json, events::add))).whole(tree, body);
            return Bytes.joined(events);
        });
    }

    /** A stream as a client takes it that asked for a whole answer; empty where it breaks off or reports an error. */
    public Optional<Bytes> streamAsAnswer(Bytes stream) {
        AtomicReference<ObjectNode> written = new AtomicReference<>(JsonNodeFactory.instance.objectNode());
        AnswerStream.Progress progress = new AnswerStream.Progress();
        AnswerWriter writer = wholeWriter(written::set);
        AnswerStream events = new AnswerStream(
                answerReader(part -> {
                    progress.see(part);
                    writer.accept(part);
                }),
                progress,
                circumstances.maxEventBytes());
        events.feed(stream);
        return events.end() == AnswerStream.State.COMPLETE ? Optional.of(json.exact(written.get())) : Optional.empty();
    }

    /** A streamed answer, event by event, to {@code sink}. */
    public AnswerStream stream(Consumer<Bytes> sink) {
        AnswerStream.Progress progress = new AnswerStream.Progress();
        AnswerWriter writer = streamWriter(new EventWriter(json, sink));
        AnswerReader reader = answerReader(part -> {
            progress.see(part);
            writer.accept(part);
        });
        return new AnswerStream(reader, progress, circumstances.maxEventBytes());
    }

    /** An error answer; the provider's own words are its message, and its status stays. */
    public ErrorBody error(int status, Bytes body) {
        Optional<ObjectNode> tree = object(body);
        String otherwise = body.utf8().strip();
        OpenAiError error = OpenAiError.of(
                tree.<JsonNode>map(node -> node).orElseGet(JsonNodeFactory.instance::objectNode),
                otherwise.isEmpty() ? "The provider answered with status " + status + "." : otherwise);
        String type = ErrorTypes.ofStatus(status);
        ObjectNode written = client == Format.ANTHROPIC_MESSAGES
                ? ErrorBodies.messages(type, error.message())
                : new OpenAiError(error.message(), error.type() == null ? type : error.type()).asBody();
        return new ErrorBody(type, error.message(), json.exact(written));
    }

    private Optional<ObjectNode> object(Bytes body) {
        return json.tree(body).filter(JsonNode::isObject).map(ObjectNode.class::cast);
    }

    private RequestReader requestReader() {
        return switch (client) {
            case ANTHROPIC_MESSAGES -> new MessagesRequestReader(losses);
            case OPENAI_CHAT -> new ChatRequestReader(losses);
            case OPENAI_RESPONSES -> new ResponsesRequestReader(losses);
        };
    }

    private RequestWriter requestWriter() {
        return switch (provider) {
            case ANTHROPIC_MESSAGES -> new MessagesRequestWriter(json, losses);
            case OPENAI_CHAT -> new ChatRequestWriter(quirks, losses);
            case OPENAI_RESPONSES -> new ResponsesRequestWriter(losses);
        };
    }

    private AnswerReader answerReader(Consumer<AnswerPart> writer) {
        Consumer<AnswerPart> parts = part -> writer.accept(
                part instanceof AnswerPart.Call call
                        ? new AnswerPart.Call(call.call(), call.id(), toolNames.original(call.name()))
                        : part);
        return switch (provider) {
            case ANTHROPIC_MESSAGES -> new MessagesAnswerReader(json, losses, parts);
            case OPENAI_CHAT -> new ChatAnswerReader(json, losses, parts);
            case OPENAI_RESPONSES -> new ResponsesAnswerReader(json, losses, parts);
        };
    }

    private AnswerWriter wholeWriter(Consumer<ObjectNode> whole) {
        return switch (client) {
            case ANTHROPIC_MESSAGES -> new MessageWriter(json, whole, circumstances.freshIds(), losses);
            case OPENAI_CHAT -> new ChatWriter(whole, circumstances.freshIds(), circumstances.epochSeconds());
            case OPENAI_RESPONSES ->
                responsesWriter(event -> {
                    if (event.get("response") instanceof ObjectNode response) {
                        whole.accept(response);
                    }
                });
        };
    }

    private AnswerWriter streamWriter(EventWriter events) {
        return switch (client) {
            case ANTHROPIC_MESSAGES -> new MessageStreamWriter(events, circumstances.freshIds(), losses);
            case OPENAI_CHAT ->
                new ChatStreamWriter(events, circumstances.freshIds(), circumstances.epochSeconds(), streamUsage);
            case OPENAI_RESPONSES ->
                responsesWriter(event -> events.named(event.path("type").asString(""), event));
        };
    }

    private AnswerWriter responsesWriter(Consumer<ObjectNode> events) {
        return new ResponsesAnswerWriter(events, circumstances.freshIds(), circumstances.epochSeconds(), losses);
    }
}
