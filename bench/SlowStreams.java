import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two thousand open streams, each with an event every half second for twenty seconds: are all whole, and how much memory
 * does that take?
 *
 * <pre>java bench/SlowStreams.java [streams]</pre>
 */
final class SlowStreams {

    public static void main(String[] arguments) throws Exception {
        int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        byte[] request = BenchClient.request("/v1/messages?slow", 2_000);
        AtomicInteger whole = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(streams);
        try (BenchUpstream upstream = new BenchUpstream();
                Target proxy = Target.proxy(upstream.port())) {
            for (int i = 0; i < streams; i++) {
                Thread.ofVirtual().start(() -> {
                    try (BenchClient client = new BenchClient(proxy.port)) {
                        if (client.exchange(request) == 200) {
                            whole.incrementAndGet();
                        }
                    } catch (Exception failed) {
                        System.out.println(failed);
                    } finally {
                        done.countDown();
                    }
                });
            }
            done.await();
            System.out.printf("%d of %d streams whole, at most %d MB resident, %d ms CPU, %s%n", whole.get(), streams,
                    proxy.megabytes("VmHWM"), proxy.cpuMillis(), proxy.recording());
        }
    }
}
