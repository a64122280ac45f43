import java.util.Arrays;

/**
 * From the start of {@code ./ccproxy} (built already) to the first answer to a forwarded request.
 *
 * <pre>java bench/StartUp.java [times]</pre>
 */
final class StartUp {

    public static void main(String[] arguments) throws Exception {
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        byte[] request = BenchClient.request("/v1/messages", 1_000);
        double[] seconds = new double[times];
        try (BenchUpstream upstream = new BenchUpstream()) {
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                try (Target proxy = Target.proxy(upstream.port());
                        BenchClient client = new BenchClient(proxy.port)) {
                    client.exchange(request);
                    seconds[i] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        Arrays.sort(seconds);
        System.out.printf("start to first answer: median %.2f s, best %.2f s, worst %.2f s%n", seconds[times / 2],
                seconds[0], seconds[times - 1]);
    }
}
