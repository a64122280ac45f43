package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.agents.AgentCalls;
import dev.ccproxy.agents.AgentFiles;
import dev.ccproxy.agents.AgentNames;
import dev.ccproxy.auth.DashboardGate;
import dev.ccproxy.auth.ProxyGate;
import dev.ccproxy.auth.WrongTries;
import dev.ccproxy.config.Settings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeListener;
import dev.ccproxy.http.AllowedHosts;
import dev.ccproxy.http.Room;
import dev.ccproxy.routing.Router;
import dev.ccproxy.server.Dispatcher;
import dev.ccproxy.server.EndpointHandler;
import dev.ccproxy.server.HttpFront;
import dev.ccproxy.server.PageOrigins;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.TestSettings;
import dev.ccproxy.upstream.Upstream;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An observer that fails, with an exception or an error, costs the exchange nothing: no byte, no time, no other observer. */
class FailingObserversTest {

    private static final String UPLOADED = "first second third";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<Class<?>> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ExchangeEvent.RequestBytes.class,
                ExchangeEvent.RequestEnded.class,
                ExchangeEvent.ResponseHead.class,
                ExchangeEvent.ResponseBytes.class,
                ExchangeEvent.Ended.class
            })
    void anErrorEatsNoByteOfEitherBody(Class<? extends ExchangeEvent> failingAt) throws Exception {
        assertUntouched(opened -> event -> {
            if (failingAt.isInstance(event)) {
                throw new OutOfMemoryError("of a test");
            }
        });
    }

    @Test
    void aListenerThatFailsAtTheBeginningIsLeftOut() throws Exception {
        assertUntouched(opened -> {
            throw new OutOfMemoryError("of a test");
        });
    }

    private void assertUntouched(ExchangeListener failing) throws Exception {
        ExchangeListener watching = opened -> event -> {
            if (seen.isEmpty() || seen.getLast() != event.getClass()) {
                seen.add(event.getClass());
            }
        };
        try (FakeUpstream upstream = FakeUpstream.start(FakeUpstream.Begin.AT_HEAD, (request, reply) -> {
                    request.body();
                    reply.stream().chunk("data: 1\n\n").chunk("data: 2\n\n").lastChunk();
                });
                RawClient client = RawClient.connect(proxy(upstream, List.of(failing, watching)))) {
            client.send(client.head("POST", "/v1/messages", "Content-Length: " + UPLOADED.length()));
            for (String piece : UPLOADED.split("(?<= )", -1)) {
                client.send(piece);
                upstream.awaitRequest().awaitReceived(UPLOADED.indexOf(piece) + piece.length());
            }
            RawClient.Received answer = client.read();

            assertThat(upstream.awaitRequest().body().utf8()).isEqualTo(UPLOADED);
            assertThat(answer.ending()).isEqualTo(Ending.WHOLE);
            assertThat(answer.text()).isEqualTo("data: 1\n\ndata: 2\n\n");
            assertThat(client.post("/v1/messages", "again").read().ending()).isEqualTo(Ending.WHOLE);
            assertThat(seen)
                    .startsWith(
                            ExchangeEvent.RequestBytes.class,
                            ExchangeEvent.RequestEnded.class,
                            ExchangeEvent.ResponseHead.class,
                            ExchangeEvent.ResponseBytes.class,
                            ExchangeEvent.Ended.class);
        }
    }

    /** Gives the port of a proxy with these listeners. */
    private int proxy(FakeUpstream upstream, List<ExchangeListener> listeners) throws Exception {
        Settings settings = TestSettings.of(
                directory, "providers.anthropic.base_url", upstream.uri().toString());
        WrongTries tries = new WrongTries(System::nanoTime);
        Router router = Router.of(settings.routing());
        RoutingDesk desk = new RoutingDesk(
                settings.routing(),
                router,
                new AgentNames(new AgentFiles(List.of()), new AgentCalls(0)),
                new RuleMatches(router));
        AtomicInteger port = new AtomicInteger();
        Deployable loop = new VerticleBase() {
            @Override
            public Future<?> start() {
                ProxyHandler model = new ProxyHandler(
                        vertx,
                        settings.server(),
                        new ProxyGate(settings, tries),
                        desk,
                        new Providers(
                                Map.of("anthropic", Upstream.open(vertx, settings.anthropic(), Optional.empty())),
                                Map.of()),
                        listeners,
                        new InFlight(),
                        Room.NONE,
                        () -> false,
                        Clock.systemUTC());
                EndpointHandler own = new EndpointHandler(
                        List.of(),
                        new DashboardGate(settings, tries),
                        new PageOrigins(settings.cors()),
                        settings.server());
                return HttpFront.open(
                                vertx,
                                settings.server(),
                                new Dispatcher(new AllowedHosts(List.of("127.0.0.1")), model, own))
                        .listen(0)
                        .onSuccess(port::set);
            }
        };
        vertx.deployVerticle(loop).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return port.get();
    }
}
