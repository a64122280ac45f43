import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sixteen clients that ask again as soon as they are answered, with small and large bodies: memory, CPU, and what recording
 * could not keep.
 *
 * <pre>java bench/Saturation.java [seconds for each size]</pre>
 */
final class Saturation {

    private static final int CLIENTS = 16;
    private static final int[] BODY_BYTES = {1_000, 100_000, 1_000_000};

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        try (BenchUpstream upstream = new BenchUpstream();
                Target proxy = Target.proxy(upstream.port())) {
            Thread.sleep(2_000);
            System.out.printf("idle: %d MB resident%n", proxy.megabytes("VmRSS"));
            for (int bytes : BODY_BYTES) {
                long cpu = proxy.cpuMillis();
                int answered = run(proxy, BenchClient.request("/v1/messages", bytes), seconds);
                System.out.printf("%d x %7d bytes: %6d answered, %.3f ms CPU each, %d MB resident, %s%n", CLIENTS, bytes,
                        answered, (proxy.cpuMillis() - cpu) / (double) answered, proxy.megabytes("VmRSS"),
                        proxy.recording());
            }
        }
    }

    private static int run(Target proxy, byte[] request, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            Thread.ofPlatform().start(() -> {
                try (BenchClient client = new BenchClient(proxy.port)) {
                    while (System.nanoTime() < end) {
                        answered.addAndGet(client.exchange(request) == 200 ? 1 : 0);
                    }
                } catch (Exception failed) {
                    System.out.println(failed);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return answered.get();
    }
}
