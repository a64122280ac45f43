import dev.ccproxy.config.StorageSettings;
import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.Redaction;
import dev.ccproxy.json.Json;
import dev.ccproxy.pricing.CostCalculator;
import dev.ccproxy.pricing.PriceList;
import dev.ccproxy.recording.Derivation;
import dev.ccproxy.recording.Recall;
import dev.ccproxy.recording.Recorder;
import dev.ccproxy.storage.MemoryBudget;
import dev.ccproxy.storage.jdbc.SqliteStore;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * CPU that recording costs an exchange, without the proxying: plays exchanges to a recorder with a real store and
 * divides the CPU time of the whole process.
 *
 * <pre>java -cp "target/classes:target/lib/*" bench/RecordingBench.java [exchanges]</pre>
 */
final class RecordingBench {

    private static final String CODE = """
            public final class Example {
            \tprivate static final String NAME = \\"x\\";
                // handles the 'edge' case
                int f(int a) { return a << 2 ^ 0x7f; }
            }
            """.replace("\n", "\\n").replace("\t", "\\t");
    private static final AtomicLong STARTED = new AtomicLong();
    private static final CostCalculator COSTS = new CostCalculator(PriceList.builtIn(new Json()));
    private static final AtomicLong ENDED = new AtomicLong();
    private static final Headers REQUEST_HEADERS = Headers.of(
            "Accept", "application/json",
            "Content-Type", "application/json",
            "User-Agent", "claude-cli/2.1.330 (external, cli)",
            "X-Claude-Code-Session-Id", "11111111-2222-4333-8444-555555555555",
            "X-Stainless-Arch", "x64",
            "X-Stainless-Lang", "js",
            "X-Stainless-OS", "Linux",
            "X-Stainless-Package-Version", "0.128.0",
            "X-Stainless-Runtime", "node",
            "X-Stainless-Timeout", "600",
            "anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14,effort-2025-11-24",
            "anthropic-version", "2023-06-01",
            "x-api-key", "sk-none",
            "x-app", "cli",
            "Connection", "keep-alive",
            "Host", "localhost:3001",
            "Accept-Encoding", "gzip, deflate, br, zstd",
            "Content-Length", "1024");

    public static void main(String[] arguments) throws Exception {
        int exchanges = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        Path folder = Files.createTempDirectory("recording-bench");
        MemoryBudget budget = new MemoryBudget(256L << 20);
        try (SqliteStore store = SqliteStore.open(folder.resolve("bench.db"), budget)) {
            Recorder recorder = new Recorder(
                    new StorageSettings(folder.resolve("bench.db"), 64L << 20, budget.limitBytes()),
                    budget, store.writer(), new Redaction(store.redactionKey(), "x-api-key"),
                    new Derivation(Recall.of(store.reader()), () -> COSTS, _ -> Optional.empty(), budget.followedBytes()), List.of(summary -> ENDED.addAndGet(summary.outcome() == Outcome.RUNNING ? 0 : 1)));
            List<Bytes> small = json();
            List<Bytes> stream = stream();
            play(recorder, store, budget, body(1 << 10), small, 5_000);
            System.out.printf("%-28s %12s %10s%n", "exchange", "CPU ms each", "kept KB");
            row("1 KB, JSON answer", folder, recorder, store, budget, body(1 << 10), small, exchanges * 4);
            row("100 KB, JSON answer", folder, recorder, store, budget, body(100 << 10), small, exchanges);
            row("1 MB, JSON answer", folder, recorder, store, budget, body(1 << 20), small, Math.max(100, exchanges / 5));
            row("1 KB, 300 events", folder, recorder, store, budget, body(1 << 10), stream, exchanges);
            System.out.println("health " + recorder.health());
            recorder.close();
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void row(String name, Path folder, Recorder recorder, SqliteStore store, MemoryBudget budget,
            byte[] body, List<Bytes> answer, int count) throws Exception {
        play(recorder, store, budget, body, answer, count / 2);
        long size = size(folder);
        long cpu = cpu();
        Map<String, Long> before = threads();
        play(recorder, store, budget, body, answer, count);
        Map<String, Long> after = threads();
        System.out.printf(Locale.ROOT, "%-28s %12.3f %10.1f   of it ms:", name, (cpu() - cpu) / 1e6 / count,
                (size(folder) - size) / 1024.0 / count);
        after.forEach((thread, nanos) -> {
            double each = (nanos - before.getOrDefault(thread, 0L)) / 1e6 / count;
            if (each > 0.001) {
                System.out.printf(Locale.ROOT, " %s %.3f", thread, each);
            }
        });
        System.out.println();
    }

    private static void play(Recorder recorder, SqliteStore store, MemoryBudget budget, byte[] template,
            List<Bytes> answer, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            while (STARTED.get() - ENDED.get() > 100) {
                Thread.sleep(1);
            }
            STARTED.incrementAndGet();
            byte[] body = template.clone();
            byte[] number = String.format("%08d", System.nanoTime() % 100_000_000).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(number, 0, body, body.length - 60, 8);
            Instant at = Instant.now();
            ExchangeObserver observer = recorder.opened(new Opened(ExchangeId.next(at), at, System.nanoTime(), "POST",
                    "/v1/messages?beta=true", "127.0.0.1", null, REQUEST_HEADERS, "anthropic"));
            for (int from = 0; from < body.length; from += 16_384) {
                // The copy stands for the read from the socket.
                byte[] piece = java.util.Arrays.copyOfRange(body, from, Math.min(body.length, from + 16_384));
                observer.on(new ExchangeEvent.RequestBytes(Bytes.wrap(piece), System.nanoTime()));
            }
            observer.on(new ExchangeEvent.RequestEnded(System.nanoTime()));
            boolean events = answer.size() > 1;
            observer.on(new ExchangeEvent.ResponseHead(200, Headers.of(
                    "content-type", events ? "text/event-stream" : "application/json",
                    "request-id", "req_011C5R" + i, "date", "Tue, 24 Nov 2026 04:38:14 GMT",
                    "anthropic-ratelimit-unified-status", "allowed"), false, System.nanoTime()));
            for (Bytes piece : answer) {
                observer.on(new ExchangeEvent.ResponseBytes(piece, System.nanoTime()));
            }
            observer.on(new ExchangeEvent.Ended(Outcome.COMPLETED, "", System.nanoTime()));
        }
        while (ENDED.get() < STARTED.get()) {
            Thread.sleep(1);
        }
    }

    private static byte[] body(int size) {
        StringBuilder json = new StringBuilder("{\"model\":\"claude-opus-5-5\",\"messages\":[");
        int turn = 0;
        while (json.length() < size - 1_400 - CODE.length() * 4) {
            json.append("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Reading file ").append(turn)
                    .append("\"},{\"type\":\"tool_use\",\"id\":\"toolu_").append(turn)
                    .append("\",\"name\":\"Read\",\"input\":{\"a\":\"/src/").append(turn).append(".java\"}}]},")
                    .append("{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_")
                    .append(turn).append("\",\"content\":\"").append(CODE.repeat(4)).append("\"}]},");
            turn++;
        }
        String end = "turn 00000000\"}]}],\"max_tokens\":32000,\"stream\":false   }  ";
        json.append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"");
        json.append("p".repeat(Math.max(0, size - json.length() - end.length()))).append(end);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Bytes> json() {
        return List.of(Bytes.utf8("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-5-5\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"" + "hello ".repeat(80) + "\"}],\"stop_reason\":\"end_turn\","
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":20}}"));
    }

    private static List<Bytes> stream() {
        List<Bytes> pieces = new ArrayList<>();
        pieces.add(Bytes.utf8("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\","
                + "\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-5-5\",\"content\":[],"
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\n"));
        pieces.add(Bytes.utf8("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"));
        for (int i = 0; i < 300; i++) {
            pieces.add(Bytes.utf8("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\"word" + i * 7919 % 1000 + " \"}}\n\n"));
        }
        pieces.add(Bytes.utf8("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                + "\"end_turn\"},\"usage\":{\"output_tokens\":300}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
        return pieces;
    }

    private static Map<String, Long> threads() {
        Map<String, Long> nanos = new TreeMap<>();
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null) {
                nanos.put(info.getThreadName(), threads.getThreadCpuTime(id));
            }
        }
        return nanos;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long size(Path folder) throws Exception {
        return Files.size(folder.resolve("bench.db"));
    }
}
