import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Latency with 100 requests of 100 KB a second, whether or not the earlier ones are answered: counted from the moment at
 * which a request was due, so that a stall counts for all whom it made wait.
 *
 * <pre>java bench/OpenLoop.java [seconds]</pre>
 */
final class OpenLoop {

    private static final int RATE = 100;
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP = 5_000;

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        byte[] request = BenchClient.request("/v1/messages", 100_000);
        try (BenchUpstream upstream = new BenchUpstream()) {
            List<Target> targets = Target.all(upstream.port());
            System.out.println("target   p50 ms   p99 ms   max ms   CPU ms/request");
            for (Target target : targets) {
                try (target) {
                    warmUp(target, request);
                    long before = target.cpuMillis();
                    double[] millis = run(target, request, seconds * RATE);
                    System.out.printf("%-7s %7.2f  %7.2f  %7.2f  %7.3f%n", target.name, millis[millis.length / 2],
                            millis[millis.length * 99 / 100], millis[millis.length - 1],
                            (target.cpuMillis() - before) / (double) millis.length);
                }
            }
        }
    }

    private static void warmUp(Target target, byte[] request) throws IOException {
        try (BenchClient client = new BenchClient(target.port)) {
            for (int i = 0; i < WARM_UP; i++) {
                client.exchange(request);
            }
        }
    }

    private static double[] run(Target target, byte[] request, int count) throws Exception {
        BlockingQueue<BenchClient> idle = new ArrayBlockingQueue<>(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            idle.add(new BenchClient(target.port));
        }
        double[] millis = new double[count];
        CountDownLatch done = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int number = i;
            long due = start + i * 1_000_000_000L / RATE;
            LockSupport.parkNanos(due - System.nanoTime());
            Thread.ofVirtual().start(() -> {
                try {
                    BenchClient client = idle.take();
                    client.exchange(request);
                    millis[number] = (System.nanoTime() - due) / 1e6;
                    idle.add(client);
                    done.countDown();
                } catch (Exception failed) {
                    failed.printStackTrace();
                    System.exit(1);
                }
            });
        }
        done.await();
        for (BenchClient client : idle) {
            client.close();
        }
        Arrays.sort(millis);
        return millis;
    }
}
