import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** The same work many times: what it costs this thread, and how long it takes. */
final class Sample {

    interface Work {
        void run(int i) throws Exception;
    }

    private Sample() {}

    static void report(String name, int count, Work work) throws Exception {
        long[] cpu = new long[count];
        long[] wall = new long[count];
        for (int i = 0; i < count; i++) {
            long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            work.run(i);
            wall[i] = System.nanoTime() - start;
            cpu[i] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart;
        }
        Arrays.sort(cpu);
        Arrays.sort(wall);
        System.out.printf(Locale.ROOT, "%-34s CPU p50 %8.2f p95 %8.2f ms, wall p50 %8.2f p95 %8.2f ms%n", name, cpu[count / 2] / 1e6,
                cpu[count * 95 / 100] / 1e6, wall[count / 2] / 1e6, wall[count * 95 / 100] / 1e6);
    }
}
