package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.Patience;
import dev.ccproxy.testing.ProgramUnderTest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances behind a load balancer are restarted one after the other while clients go on asking: none of them notices. */
class RollingRestartTest {

    private static final int CLIENTS = 4;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> EVENTS = List.of("data: 1\n\n", "data: 2\n\n", "data: 3\n\n");
    private static final String ANSWER = String.join("", EVENTS);

    private static final List<Path> HAPROXY = List.of(
            Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"), Path.of("/opt/homebrew/bin/haproxy"));

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noRequestFails() throws Exception {
        FakeUpstream.Script script = (request, reply) -> {
            reply.stream();
            for (String event : EVENTS) {
                reply.chunk(event).pause(Duration.ofMillis(50));
            }
            reply.lastChunk();
        };
        int first = freePort();
        int second = freePort();
        int front = freePort();
        Process balancer = null;
        try (FakeUpstream upstream = FakeUpstream.start(script)) {
            ProgramUnderTest one = start("one", first, upstream);
            ProgramUnderTest two = start("two", second, upstream);
            try {
                balancer = startBalancer(front, first, second);
                List<Thread> clients = startClients(front);

                one = restarted(one, "one", first, upstream);
                awaitBalanced(upstream, one);
                two = restarted(two, "two", second, upstream);
                awaitBalanced(upstream, two);

                over.set(true);
                for (Thread client : clients) {
                    client.join();
                }
                assertThat(failed).isEmpty();
                one.terminate();
                two.terminate();
                assertThat(one.awaitExit(SOON)).isZero();
                assertThat(two.awaitExit(SOON)).isZero();
            } finally {
                over.set(true);
                one.close();
                two.close();
            }
        } finally {
            if (balancer != null) {
                balancer.destroyForcibly();
            }
        }
        assertThat(asked).hasValueGreaterThan(CLIENTS * 10);
        assertThat(recorded("one") + recorded("two")).isEqualTo(asked.get());
    }

    private ProgramUnderTest start(String name, int port, FakeUpstream upstream) throws IOException {
        return ProgramUnderTest.startOn(
                port, Files.createDirectories(folder.resolve(name)), upstream.uri(), "--server.drain.grace=3s");
    }

    private ProgramUnderTest restarted(ProgramUnderTest old, String name, int port, FakeUpstream upstream)
            throws Exception {
        old.terminate();
        assertThat(old.awaitExit(SOON)).isZero();
        return start(name, port, upstream);
    }

    /** Until the balancer gives that instance work again. */
    private static void awaitBalanced(FakeUpstream upstream, ProgramUnderTest instance) {
        int before = recordedBy(instance);
        Patience.untilPasses(() -> {
            assertThat(recordedBy(instance)).isGreaterThan(before);
            return upstream;
        });
    }

    private static int recordedBy(ProgramUnderTest instance) {
        return instance.recorded().list().size();
    }

    private Process startBalancer(int front, int first, int second) throws Exception {
        Path program = HAPROXY.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(program != null, "HAProxy is not installed");
        Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 1m
                  timeout server 1m
                  timeout check 10s
                listen proxy
                  bind 127.0.0.1:%d
                  balance roundrobin
                  option httpchk
                  http-check send meth GET uri /health ver HTTP/1.1 hdr Host 127.0.0.1
                  default-server check inter 200ms fall 1 rise 1
                  server one 127.0.0.1:%d
                  server two 127.0.0.1:%d
                """.formatted(front, first, second));
        Process balancer = new ProcessBuilder(String.valueOf(program), "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        Patience.untilPasses(() -> {
            try (RawClient client = RawClient.connect(front)) {
                assertThat(client.get("/readyz").read("GET").head().status()).isEqualTo(200);
                return client;
            } catch (IOException notYet) {
                throw new AssertionError(notYet);
            }
        });
        return balancer;
    }

    private List<Thread> startClients(int front) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean keepsItsConnection = i % 2 == 0;
            clients.add(Thread.ofVirtual().start(() -> askUntilOver(front, keepsItsConnection)));
        }
        return clients;
    }

    private void askUntilOver(int front, boolean keepsItsConnection) {
        while (!over.get()) {
            try (RawClient client = RawClient.connect(front)) {
                do {
                    int number = asked.incrementAndGet();
                    RawClient.Received answer =
                            client.post("/v1/messages?n=" + number, "{}").read();
                    if (answer.head().status() != 200
                            || answer.ending() != Ending.WHOLE
                            || !answer.text().equals(ANSWER)) {
                        failed.add(number + ": " + answer.head().startLine() + " " + answer.text());
                    }
                } while (keepsItsConnection && !over.get());
            } catch (IOException broken) {
                failed.add(asked.get() + ": " + broken);
            }
        }
    }

    private int recorded(String name) throws Exception {
        try (FakeUpstream none = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest reader = ProxyUnderTest.to(
                        none,
                        "storage.db_path",
                        ProgramUnderTest.database(folder.resolve(name)).toString())) {
            Stream<String> outcomes = reader.recorded().list().stream()
                    .map(exchange -> exchange.get("outcome").asString());
            return (int) outcomes.filter("completed"::equals).count();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
