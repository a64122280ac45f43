package dev.ccproxy.demo;

import dev.ccproxy.demo.DemoScript.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A model server of its own, and clients that work with it through a proxy: first in a hurry, then as people do. */
public final class Demo implements AutoCloseable {

    /** Two sittings of everybody fill the store; two people go on live. */
    private static final int ROUNDS_TO_FILL = 2;

    private static final int LIVE_PEOPLE = 2;
    private static final long SEED = 20_261_124L;

    private final DemoUpstream upstream;
    private final DemoScript script = DemoScript.read();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

    private Demo(DemoUpstream upstream) {
        this.upstream = upstream;
    }

    /** Starts the model server; nobody works yet. */
    public static Demo start() throws IOException {
        return new Demo(DemoUpstream.start());
    }

    /** What a proxy has to be pointed at. */
    public URI upstream() {
        return upstream.address();
    }

    /** Plays every session through the proxy, several at once; returns when all have ended. */
    public void fill(URI proxy) throws IOException, InterruptedException {
        List<Future<Void>> playing = new ArrayList<>();
        for (int round = 0; round < ROUNDS_TO_FILL; round++) {
            for (Session session : script.sessions()) {
                DemoClient client = client(proxy, DemoPace.HURRIED, SEED + playing.size());
                playing.add(people.submit(() -> {
                    client.play(session);
                    return null;
                }));
            }
        }
        for (Future<Void> session : playing) {
            try {
                session.get();
            } catch (ExecutionException failed) {
                throw new IOException("a session of the demo broke off", failed.getCause());
            }
        }
    }

    /** Lets people work until this is closed. */
    public void playOn(URI proxy) {
        for (int person = 0; person < LIVE_PEOPLE; person++) {
            Random random = new Random(SEED - 1 - person);
            DemoClient client = client(proxy, DemoPace.LIVE, random.nextLong());
            int first = person * script.sessions().size() / LIVE_PEOPLE;
            var _ = people.submit(() -> {
                for (int i = first; !Thread.currentThread().isInterrupted(); i++) {
                    client.play(script.sessions().get(i % script.sessions().size()));
                }
                return null;
            });
        }
    }

    private DemoClient client(URI proxy, DemoPace pace, long seed) {
        return new DemoClient(http, proxy, upstream, pace, new Random(seed));
    }

    @Override
    public void close() {
        people.shutdownNow();
        http.shutdownNow();
        upstream.close();
    }
}
