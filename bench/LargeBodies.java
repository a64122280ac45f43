import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Four bodies of 18 MB at once, then one of 32 MB, which is Anthropic's limit: are they answered and recorded, and how much
 * memory does that take?
 *
 * <pre>java bench/LargeBodies.java</pre>
 */
final class LargeBodies {

    private static final int MEGABYTE = 1_000_000;

    public static void main(String[] arguments) throws Exception {
        try (BenchUpstream upstream = new BenchUpstream();
                Target proxy = Target.proxy(upstream.port())) {
            send(proxy, 4, 18 * MEGABYTE);
            send(proxy, 1, 32 * MEGABYTE);
        }
    }

    private static void send(Target proxy, int clients, int bytes) throws Exception {
        byte[] request = BenchClient.request("/v1/messages", bytes);
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            Thread.ofPlatform().start(() -> {
                try (BenchClient client = new BenchClient(proxy.port)) {
                    answered.addAndGet(client.exchange(request) == 200 ? 1 : 0);
                } catch (Exception failed) {
                    System.out.println(failed);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        Thread.sleep(3_000);
        System.out.printf("%d x %d MB: %d answered, at most %d MB resident, %s%n", clients, bytes / MEGABYTE,
                answered.get(), proxy.megabytes("VmHWM"), proxy.recording());
    }
}
