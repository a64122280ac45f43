package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.Reply;
import dev.ccproxy.testing.SdkClients;
import dev.ccproxy.testing.UpstreamRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The official client libraries ask the running program, which asks a provider of another format: what they make of the
 * answers is what was said, and what breaks is an error to them.
 */
class SdkClientsOfTheProxyTest {

    private final Map<String, String> streams = new ConcurrentHashMap<>();
    private final Map<String, @Nullable Gist> expected = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private FakeUpstream provider;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        provider = FakeUpstream.start(this::answer);
        proxy = ProxyUnderTest.to(
                provider,
                "providers.chat.base_url",
                provider.uri().toString(),
                "providers.responses.base_url",
                provider.uri().toString(),
                "providers.responses.api_format",
                "openai-responses",
                "routes",
                "[{model: chat-*, to: chat/*}, {model: responses-*, to: responses/*}]");
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        provider.close();
    }

    /** The stream that the model's name stands for, in two pieces. */
    private void answer(UpstreamRequest request, Reply reply) throws IOException {
        String model = Translations.tree(request.body()).path("model").asString("");
        byte[] stream =
                Bytes.utf8(Objects.requireNonNull(streams.get(model), model)).toByteArray();
        int middle = stream.length / 2;
        reply.stream();
        reply.chunk(Bytes.wrap(java.util.Arrays.copyOfRange(stream, 0, middle)));
        reply.chunk(Bytes.wrap(java.util.Arrays.copyOfRange(stream, middle, stream.length)));
        reply.lastChunk();
    }

    /** A client of that format asks for a stream of that provider; {@code gist} is null where it must fail. */
    private void add(String name, Format client, Format of, String stream, @Nullable Gist gist) {
        String model = switch (of) {
            case ANTHROPIC_MESSAGES -> "claude-";
            case OPENAI_CHAT -> "chat-";
            case OPENAI_RESPONSES -> "responses-";
        };
        model += streams.size();
        streams.put(model, stream);
        expected.put(client.label() + " " + name, gist);
        lines.add(JsonNodeFactory.instance
                .objectNode()
                .put("name", client.label() + " " + name)
                .put("format", client.label())
                .put("url", proxy.uri().toString())
                .put("model", model)
                .toString());
    }

    private void compare(SdkClients clients) throws IOException, InterruptedException {
        Map<String, @Nullable Gist> left = new HashMap<>(expected);
        for (String line : clients.read(lines)) {
            JsonNode answer = Translations.tree(line);
            String name = answer.path("name").asString("");
            Gist gist = left.remove(name);
            if (gist == null) {
                assertThat(answer.has("error")).as(line).isTrue();
            } else {
                assertThat(answer.has("error")).as(line).isFalse();
                Format client =
                        Format.labelled(name.substring(0, name.indexOf(' '))).orElseThrow();
                assertThat(Gist.ofAnswer(client, answer.path("message")))
                        .as(name)
                        .isEqualTo(gist);
            }
        }
        assertThat(left).isEmpty();
    }

    private static SdkClients clientsFor(String language) {
        return language.equals("java") ? SdkClients.installedForJava() : SdkClients.installed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "java"})
    void everyClientHearsWhatEveryProviderSays(String language) throws Exception {
        SdkClients clients = clientsFor(language);
        for (long seed = 100; seed < 120; seed++) {
            RandomChatStream chat = new RandomChatStream(new Random(seed));
            String messages = translated(Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT, chat.stream());
            String responses = translated(Format.OPENAI_RESPONSES, Format.OPENAI_CHAT, chat.stream());
            String name = "seed " + seed;
            add(name + " of chat", Format.ANTHROPIC_MESSAGES, Format.OPENAI_CHAT, chat.stream(), chat.gist());
            add(name + " of responses", Format.ANTHROPIC_MESSAGES, Format.OPENAI_RESPONSES, responses, chat.gist());
            add(name, Format.OPENAI_CHAT, Format.ANTHROPIC_MESSAGES, messages, chat.gist());
            add(name, Format.OPENAI_RESPONSES, Format.ANTHROPIC_MESSAGES, messages, chat.gist());
            add(
                    name + " cut",
                    Format.ANTHROPIC_MESSAGES,
                    Format.OPENAI_CHAT,
                    chat.stream().substring(0, chat.stream().indexOf("\n\n") + 2),
                    null);
        }
        compare(clients);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "java"})
    void recordedStreamsAreHeardAsTheyWereSaid(String language) throws Exception {
        SdkClients clients = clientsFor(language);
        int whole = 0;
        for (Format format : List.of(Format.OPENAI_CHAT, Format.OPENAI_RESPONSES)) {
            for (Path file : files(Corpora.require(format.label() + "-sse"))) {
                String stream = Files.readString(file);
                Translations.Streamed offline =
                        Translations.stream(Translations.between(Format.ANTHROPIC_MESSAGES, format), stream);
                boolean complete = offline.state() == AnswerStream.State.COMPLETE;
                // RecordedOpenAiStreamsTest compares these with the expected values.
                add(
                        file.toString(),
                        Format.ANTHROPIC_MESSAGES,
                        format,
                        stream,
                        complete ? Gist.ofStream(Format.ANTHROPIC_MESSAGES, offline.text()) : null);
                whole += complete ? 1 : 0;
            }
        }
        compare(clients);
        System.out.printf(
                "recorded streams heard through the proxy by %s: %d, broken as they were: %d%n",
                language, whole, lines.size() - whole);
        assertThat(whole).isGreaterThan(90);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".sse"))
                    .sorted()
                    .toList();
        }
    }

    private static String translated(Format client, Format provider, String stream) {
        return Translations.stream(Translations.between(client, provider), stream)
                .text();
    }
}
