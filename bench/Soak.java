import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mixed load with faults on both sides: is every exchange recorded, or its loss counted, does the proxy answer to the end,
 * and does its memory stay where it was? Exits with 1 when not.
 *
 * <pre>java bench/Soak.java [seconds] [clients] [seed]</pre>
 */
final class Soak {

    /** What the upstream is asked for; every second request is a good one. */
    private static final List<String> FAULTS = List.of("stream", "cut", "garbage", "reset", "close", "overloaded", "page",
            "bomb", "nohttp", "early");
    private static final long PAUSE_MILLIS = 150;
    private static final long SAMPLE_MILLIS = 5_000;
    private static final double MOST_GROWTH = 1.15;

    private final LongAdder sent = new LongAdder();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Target proxy;
    private final long end;

    private Soak(Target proxy, int seconds) {
        this.proxy = proxy;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        System.out.println("seed " + seed);
        boolean well;
        try (SoakUpstream upstream = new SoakUpstream(); Target target = Target.proxy(upstream.port())) {
            Soak soak = new Soak(target, seconds);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Random random = new Random(seed + i);
                threads.add(Thread.ofVirtual().start(() -> soak.askUntilEnd(random)));
            }
            List<Long> megabytes = soak.sample();
            for (Thread thread : threads) {
                thread.join();
            }
            well = soak.judge(megabytes);
        }
        System.exit(well ? 0 : 1);
    }

    private List<Long> sample() throws Exception {
        List<Long> megabytes = new ArrayList<>();
        while (System.nanoTime() < end) {
            Thread.sleep(SAMPLE_MILLIS);
            megabytes.add(proxy.megabytes("VmRSS"));
        }
        return megabytes;
    }

    private void askUntilEnd(Random random) {
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port)) {
                socket.setSoTimeout(30_000);
                ask(socket, random);
                Thread.sleep(random.nextLong(2 * PAUSE_MILLIS));
            } catch (IOException broken) {
                // The faults that it asks for end connections; what counts is what is recorded.
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** Some requests on one connection, until one of them breaks it. */
    private void ask(Socket socket, Random random) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (int i = 0; i < 5; i++) {
            String what = random.nextBoolean() ? "message" : FAULTS.get(random.nextInt(FAULTS.size()));
            byte[] body = body(random);
            switch (random.nextInt(12)) {
                case 0 -> { // Not HTTP: no exchange.
                    write(socket, "POST /v1/messages HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
                    in.readAllBytes();
                    return;
                }
                case 1 -> { // Leaves in the middle of its upload.
                    write(socket, head(what, body.length + 1));
                    socket.getOutputStream().write(body);
                    socket.shutdownOutput();
                    in.readAllBytes();
                    return;
                }
                case 2 -> { // Leaves in the middle of the answer.
                    write(socket, head("stream", body.length));
                    socket.getOutputStream().write(body);
                    in.readNBytes(400);
                    return;
                }
                default -> {
                    write(socket, head(what, body.length));
                    socket.getOutputStream().write(body);
                    answered(in, what);
                }
            }
        }
    }

    private void answered(InputStream in, String what) throws IOException {
        String head = Wire.head(in);
        if (head == null) {
            unanswered.incrementAndGet();
            throw new IOException("no answer to " + what);
        }
        Wire.body(in, head);
    }

    private String head(String what, int length) {
        sent.increment();
        return "POST /v1/soak/" + what + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Mostly small; some of 100 KB, a few of 1 MB. */
    private static byte[] body(Random random) {
        int size = random.nextInt(10);
        byte[] body = new byte[size < 7 ? 2_000 : size < 9 ? 100_000 : 1_000_000];
        random.nextBytes(body);
        return body;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private boolean judge(List<Long> megabytes) throws Exception {
        long recorded = -1;
        long lost = -1;
        for (int tries = 0; tries < 200 && recorded + lost != sent.sum(); tries++) {
            Thread.sleep(100);
            recorded = number(get("/api/requests?page=1&limit=1"), "total");
            lost = number(get("/livez"), "dropped");
        }
        long inFlight = number(get("/livez"), "in_flight");
        int third = megabytes.size() / 3;
        double before = mean(megabytes.subList(third, 2 * third));
        double after = mean(megabytes.subList(2 * third, megabytes.size()));
        System.out.printf("%d exchanges, %d recorded, %d lost and counted, %d without an answer, %d in flight%n",
                sent.sum(), recorded, lost, unanswered.get(), inFlight);
        System.out.printf("resident MB: %.0f in the second third, %.0f in the last, at most %d; %d ms CPU; %s%n",
                before, after, proxy.megabytes("VmHWM"), proxy.cpuMillis(), proxy.recording());
        return recorded + lost == sent.sum() && inFlight == 0 && unanswered.get() == 0 && after <= MOST_GROWTH * before;
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    private static long number(String json, String member) {
        Matcher found = Pattern.compile("\"" + member + "\":\\s*(\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private String get(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port)) {
            write(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
