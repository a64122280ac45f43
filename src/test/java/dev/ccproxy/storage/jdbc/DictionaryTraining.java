package dev.ccproxy.storage.jdbc;

import com.github.luben.zstd.ZstdDictTrainer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;
import dev.ccproxy.storage.segment.Cuts;
import dev.ccproxy.storage.segment.Pack;
import dev.ccproxy.storage.segment.Segmenter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes the dictionaries that the program ships with, from conversations that are put together here out of the project's
 * own sources and documents and of {@code training.txt}: no text of anybody else. Run in the project's folder; it writes
 * {@code src/main/resources/dev/ccproxy/storage/jdbc/dictionary/*.zdict}. The shipped ones come from the tree of commit
 * b30680d, and a run there makes the same bytes again. Sources change, so that a later run makes other files; those that were
 * shipped stay as they are (the checksums in {@code DictionariesTest}).
 *
 * <pre>java -cp target/test-classes:target/classes:target/lib/* dev.ccproxy.storage.jdbc.DictionaryTraining</pre>
 */
final class DictionaryTraining {

    private static final Path TARGET = Path.of("src/main/resources/dev/ccproxy/storage/jdbc/dictionary");
    private static final Json JSON = new Json();
    private static final int LEVEL = 6;
    private static final int SEGMENTS_BYTES = 110 << 10;
    private static final int ANSWERS_BYTES = 16 << 10;
    private static final int HEADERS_BYTES = 8 << 10;

    private final Random random = new Random(20_261_124);
    private final List<String> texts = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    private DictionaryTraining() throws IOException {
        String own;
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("training.txt"))) {
            own = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        String[] parts = own.split("%%%\n", -1);
        sentences.addAll(List.of(parts[0].split("\n", -1)));
        for (int copy = 0; copy < 8; copy++) {
            texts.addAll(List.of(parts));
        }
        for (String folder : List.of("src", "docs", "launcher", "bench")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(DictionaryTraining::isText).sorted().toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        for (String text : List.copyOf(texts)) {
            text.lines()
                    .filter(line -> line.strip().startsWith("*") || line.matches("[A-Z][^{}();]{60,}"))
                    .map(line -> line.replaceAll("[*{}@]", "").strip())
                    .filter(line -> line.length() > 30)
                    .forEach(sentences::add);
        }
    }

    public static void main(String[] arguments) throws IOException {
        DictionaryTraining training = new DictionaryTraining();
        Files.createDirectories(TARGET);
        training.write(Purpose.SEGMENTS, SEGMENTS_BYTES, training.packs());
        training.write(Purpose.ANSWERS, ANSWERS_BYTES, training.times(2_000, training::stream));
        training.write(Purpose.HEADERS, HEADERS_BYTES, training.times(4_000, training::headers));
    }

    private static boolean isText(Path file) {
        return file.toString().matches(".*\\.(java|md|sql|sh|yaml|html|css|js|svelte|ts)")
                && !file.toString().contains("node_modules");
    }

    private void write(Purpose purpose, int bytes, List<byte[]> samples) throws IOException {
        int total = samples.stream().mapToInt(sample -> sample.length).sum();
        ZstdDictTrainer trainer = new ZstdDictTrainer(total, bytes, LEVEL);
        samples.forEach(trainer::addSample);
        byte[] dictionary = trainer.trainSamples();
        Files.write(TARGET.resolve(purpose.word() + ".zdict"), dictionary);
        System.out.printf(
                "%s: %d bytes from %d samples, %d bytes%n", purpose, dictionary.length, samples.size(), total);
    }

    private List<byte[]> times(int count, Supplier<byte[]> sample) {
        return Stream.generate(sample).limit(count).toList();
    }

    /** What conversations bring turn by turn. */
    private List<byte[]> packs() {
        List<byte[]> packs = new ArrayList<>();
        for (int session = 0; session < 900; session++) {
            Set<Bytes> known = new HashSet<>();
            StringBuilder messages = new StringBuilder(user(prompt()));
            int turns = 1 + random.nextInt(8);
            for (int turn = 0; turn < turns; turn++) {
                packs.add(pack(body(session, messages.toString()), known));
                messages.append(',').append(assistant()).append(',').append(user(result()));
            }
        }
        return packs;
    }

    private static byte[] pack(Bytes body, Set<Bytes> known) {
        List<Bytes> fresh = new ArrayList<>();
        Cuts cuts = Segmenter.cut(body);
        for (int i = 0; i < cuts.size(); i++) {
            Bytes segment = body.slice(cuts.start(i), cuts.end(i));
            if (known.add(segment)) {
                fresh.add(segment);
            }
        }
        return Pack.encode(fresh).toByteArray();
    }

    private Bytes body(int session, String messages) {
        Random stable = new Random(session);
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < 1 + stable.nextInt(4); i++) {
            tools.append(i == 0 ? "" : ",").append(tool(stable));
        }
        return Bytes.utf8("{\"model\":\"" + model(stable) + "\",\"messages\":[" + messages
                + "],\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=2.1." + session
                + "; cc_entrypoint=cli; cch=" + hex(5)
                + ";\"},{\"type\":\"text\",\"text\":" + quoted(prose(stable, 6))
                + ",\"cache_control\":{\"type\":\"ephemeral\"}}],\"tools\":[" + tools
                + "],\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"" + hex(64)
                + "\\\",\\\"account_uuid\\\":\\\"\\\",\\\"session_id\\\":\\\"" + uuid()
                + "\\\"}\"},\"max_tokens\":32000,\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"high\"},"
                + "\"context_management\":{\"edits\":[{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}]},"
                + "\"stream\":true}");
    }

    private String tool(Random stable) {
        return "{\"name\":\"" + pick(stable, TOOLS) + "\",\"description\":" + quoted(prose(stable, 5))
                + ",\"input_schema\":{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
                + "\"properties\":{\"" + pick(stable, ARGUMENTS) + "\":{\"description\":" + quoted(sentence(stable))
                + ",\"type\":\"string\"},\"timeout\":{\"description\":" + quoted(sentence(stable))
                + ",\"type\":\"number\"},\"items\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}}},"
                + "\"required\":[\"" + pick(stable, ARGUMENTS) + "\"],\"additionalProperties\":false}}";
    }

    private String prompt() {
        return block("text", "text", random.nextBoolean() ? sentence(random) : prose(random, 3));
    }

    private String result() {
        String text = excerpt();
        String shown = random.nextInt(3) == 0 ? numbered(text) : text;
        String error = random.nextInt(8) == 0 ? ",\"is_error\":true" : "";
        String content = random.nextInt(4) == 0 ? "[" + block("text", "text", shown) + "]" : quoted(shown);
        return "{\"tool_use_id\":\"toolu_01" + mixed(22) + "\",\"type\":\"tool_result\",\"content\":" + content + error
                + ",\"cache_control\":{\"type\":\"ephemeral\"}}";
    }

    private static String user(String block) {
        return "{\"role\":\"user\",\"content\":[" + block + "]}";
    }

    private String assistant() {
        String thinking = random.nextInt(3) > 0
                ? ""
                : "{\"type\":\"thinking\",\"thinking\":" + quoted(prose(random, 3)) + ",\"signature\":\"" + mixed(200)
                        + "==\"},";
        return "{\"role\":\"assistant\",\"content\":[" + thinking + block("text", "text", sentence(random)) + ","
                + toolUse() + "]}";
    }

    private String toolUse() {
        return "{\"type\":\"tool_use\",\"id\":\"toolu_01" + mixed(22) + "\",\"name\":\"" + pick(random, TOOLS)
                + "\",\"input\":" + input() + "}";
    }

    private String input() {
        return switch (random.nextInt(4)) {
            case 0 ->
                "{\"command\":\"cd /home/user/project && git status\",\"description\":" + quoted(sentence(random))
                        + "}";
            case 1 ->
                "{\"file_path\":\"" + path() + "\",\"old_string\":" + quoted(excerpt()) + ",\"new_string\":"
                        + quoted(excerpt()) + ",\"replace_all\":false}";
            case 2 -> "{\"file_path\":\"" + path() + "\",\"offset\":" + random.nextInt(500) + ",\"limit\":100}";
            default ->
                "{\"pattern\":\"" + pick(random, ARGUMENTS) + "\",\"path\":\"" + path()
                        + "\",\"output_mode\":\"content\"}";
        };
    }

    private byte[] stream() {
        StringBuilder sse = new StringBuilder();
        event(
                sse,
                "message_start",
                "{\"type\":\"message_start\",\"message\":{\"model\":\"" + model(random)
                        + "\",\"id\":\"msg_01" + mixed(22)
                        + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
                        + "\"stop_reason\":null,\"stop_sequence\":null,\"stop_details\":null,\"usage\":{\"input_tokens\":"
                        + random.nextInt(2_000) + ",\"cache_creation_input_tokens\":" + random.nextInt(9_000)
                        + ",\"cache_read_input_tokens\":" + random.nextInt(200_000)
                        + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":"
                        + random.nextInt(9_000) + "},\"output_tokens\":" + random.nextInt(9)
                        + ",\"service_tier\":\"standard\",\"inference_geo\":\"global\"}}}");
        int blocks = 1 + random.nextInt(3);
        for (int i = 0; i < blocks; i++) {
            if (random.nextInt(3) == 0) {
                deltas(
                        sse,
                        i,
                        "thinking",
                        "\"thinking\":\"\",\"signature\":\"\"",
                        "thinking_delta",
                        "thinking",
                        prose(random, 2));
            } else if (i == blocks - 1 && random.nextBoolean()) {
                deltas(
                        sse,
                        i,
                        "tool_use",
                        "\"id\":\"toolu_01" + mixed(22) + "\",\"name\":\"" + pick(random, TOOLS) + "\",\"input\":{}",
                        "input_json_delta",
                        "partial_json",
                        input());
            } else {
                deltas(sse, i, "text", "\"text\":\"\"", "text_delta", "text", prose(random, 2));
            }
        }
        String stop = random.nextBoolean() ? "end_turn" : "tool_use";
        event(
                sse,
                "message_delta",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + stop
                        + "\",\"stop_sequence\":null,\"stop_details\":null},\"usage\":{\"input_tokens\":"
                        + random.nextInt(2_000)
                        + ",\"cache_creation_input_tokens\":" + random.nextInt(9_000) + ",\"cache_read_input_tokens\":"
                        + random.nextInt(200_000) + ",\"output_tokens\":" + random.nextInt(900)
                        + "},\"context_management\":{\"applied_edits\":[]}}");
        event(sse, "message_stop", "{\"type\":\"message_stop\"}");
        return sse.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void deltas(
            StringBuilder sse, int index, String type, String fields, String delta, String name, String text) {
        event(
                sse,
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":{\"type\":\"" + type
                        + "\"," + fields + "}}");
        if (random.nextInt(4) == 0) {
            event(sse, "ping", "{\"type\":\"ping\"}");
        }
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 3 + random.nextInt(30));
            event(
                    sse,
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":{\"type\":\"" + delta + "\",\""
                            + name + "\":" + quoted(text.substring(at, end)) + "}}");
            at = end;
        }
        event(sse, "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + index + "}");
    }

    private void event(StringBuilder sse, String name, String json) {
        sse.append("event: ").append(name).append("\ndata: ").append(json);
        sse.append(" ".repeat(random.nextInt(3) == 0 ? random.nextInt(12) : 0)).append("\n\n");
    }

    /** Mostly whole blocks, since long matches are cheap; sometimes with gaps, so that each line can be found, too. */
    private byte[] headers() {
        List<Header> lines = new ArrayList<>();
        String[] form = FORMS[random.nextInt(FORMS.length)];
        boolean lower = random.nextInt(4) == 0;
        boolean gaps = random.nextInt(4) == 0;
        for (int i = 0; i < form.length; i += 2) {
            if (!gaps || random.nextInt(12) > 0) {
                String name = lower ? form[i].toLowerCase(Locale.ROOT) : form[i];
                lines.add(new Header(name, filled(form[i + 1])));
            }
        }
        return HeaderCodec.encode(new Headers(lines)).toByteArray();
    }

    private String filled(String value) {
        return value.replace("<betas>", pick(random, BETAS))
                .replace("<uuid>", uuid())
                .replace("<hmac>", "hmac:" + hex(16))
                .replace("<id>", mixed(22))
                .replace("<ray>", hex(16))
                .replace("<n>", String.valueOf(random.nextInt(400_000)))
                .replace("<f>", "0." + random.nextInt(100))
                .replace(
                        "<time>",
                        "2026-%02d-%02dT%02d:00:00Z"
                                .formatted(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24)))
                .replace(
                        "<date>",
                        pick(random, DAYS)
                                + ", %02d ".formatted(1 + random.nextInt(28))
                                + pick(random, MONTHS)
                                + " 2026 %02d:%02d:%02d GMT"
                                        .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60)));
    }

    private String excerpt() {
        String text = texts.get(random.nextInt(texts.size()));
        int from = random.nextInt(Math.max(1, text.length() - 200));
        return text.substring(from, Math.min(text.length(), from + 100 + random.nextInt(3_000)));
    }

    private static String numbered(String text) {
        StringBuilder numbered = new StringBuilder();
        int line = 1;
        for (String each : text.split("\n", -1)) {
            numbered.append("%6d\t".formatted(line++)).append(each).append('\n');
        }
        return numbered.toString();
    }

    private String prose(Random from, int count) {
        StringBuilder prose = new StringBuilder();
        for (int i = 0; i < count; i++) {
            prose.append(sentence(from)).append(i % 3 == 2 ? "\n\n- " : i % 2 == 1 ? "\n" : " ");
        }
        return prose.toString();
    }

    private String sentence(Random from) {
        return sentences.get(from.nextInt(sentences.size()));
    }

    private String path() {
        return "/home/user/project/src/" + pick(random, ARGUMENTS) + "/" + pick(random, ARGUMENTS)
                + pick(random, new String[] {".ts", ".py", ".java", ".go", ".md", ".rs", ".tsx"});
    }

    private static String model(Random from) {
        return pick(from, MODELS);
    }

    private static String block(String type, String name, String text) {
        return "{\"type\":\"" + type + "\",\"" + name + "\":" + quoted(text) + "}";
    }

    private static String quoted(String text) {
        return JSON.text(text);
    }

    private static String pick(Random from, String[] words) {
        return words[from.nextInt(words.length)];
    }

    private String hex(int length) {
        return random.ints(length, 0, 16)
                .collect(
                        StringBuilder::new,
                        (out, digit) -> out.append(Character.forDigit(digit, 16)),
                        StringBuilder::append)
                .toString();
    }

    private String mixed(int length) {
        String digits = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
        return random.ints(length, 0, digits.length())
                .collect(StringBuilder::new, (out, digit) -> out.append(digits.charAt(digit)), StringBuilder::append)
                .toString();
    }

    private String uuid() {
        return hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
    }

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final String[] MODELS = {
        "claude-opus-5-5",
        "claude-sonnet-5-5",
        "claude-haiku-5-5",
        "claude-opus-5",
        "claude-sonnet-5",
        "claude-haiku-4-5-20251001",
        "claude-fable-5-1"
    };
    private static final String[] TOOLS = {
        "Bash",
        "Read",
        "Edit",
        "Write",
        "Grep",
        "Glob",
        "Agent",
        "WebFetch",
        "WebSearch",
        "TodoWrite",
        "NotebookEdit",
        "TaskCreate",
        "TaskUpdate",
        "Skill"
    };
    private static final String[] ARGUMENTS = {
        "command",
        "file_path",
        "pattern",
        "description",
        "prompt",
        "path",
        "query",
        "url",
        "content",
        "index",
        "config",
        "server",
        "client",
        "handler",
        "utils",
        "main",
        "user",
        "test",
        "service",
        "store"
    };
    /** As clients of some versions send them, with an API key and with a subscription. */
    private static final String[] BETAS = {
        "claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,per-turn-control-2026-07-01,"
                + "mid-conversation-tool-changes-2026-07-01,thinking-token-count-2026-05-13,"
                + "advanced-tool-use-2025-11-20,effort-2025-11-24",
        "claude-code-20250219,oauth-2025-04-20,interleaved-thinking-2025-05-14,context-management-2025-06-27,"
                + "per-turn-control-2026-07-01,mid-conversation-tool-changes-2026-07-01,"
                + "thinking-token-count-2026-05-13,advanced-tool-use-2025-11-20,effort-2025-11-24",
        "claude-code-20250219,oauth-2025-04-20,interleaved-thinking-2025-05-14,context-management-2025-06-27,"
                + "prompt-caching-scope-2026-01-05",
        "claude-code-20250219,context-1m-2025-08-07,interleaved-thinking-2025-05-14,"
                + "fine-grained-tool-streaming-2025-05-14,context-management-2025-06-27",
        "oauth-2025-04-20,interleaved-thinking-2025-05-14,structured-outputs-2025-12-15",
        "oauth-2025-04-20,token-counting-2024-11-01,files-api-2025-04-14"
    };

    private static final String[] REQUEST = {
        "Accept",
        "application/json",
        "Content-Type",
        "application/json",
        "User-Agent",
        "claude-cli/2.1.330 (external, cli)",
        "X-Claude-Code-Session-Id",
        "<uuid>",
        "X-Stainless-Arch",
        "x64",
        "X-Stainless-Lang",
        "js",
        "X-Stainless-OS",
        "Linux",
        "X-Stainless-Package-Version",
        "0.128.0",
        "X-Stainless-Retry-Count",
        "0",
        "X-Stainless-Runtime",
        "node",
        "X-Stainless-Runtime-Version",
        "v26.12.1",
        "X-Stainless-Timeout",
        "600",
        "anthropic-beta",
        "<betas>",
        "anthropic-dangerous-direct-browser-access",
        "true",
        "anthropic-version",
        "2023-06-01",
        "x-api-key",
        "<hmac>",
        "authorization",
        "<hmac>",
        "x-app",
        "cli",
        "x-claude-code-agent-id",
        "a<ray>",
        "x-claude-code-parent-agent-id",
        "a<ray>",
        "x-client-request-id",
        "<uuid>",
        "Connection",
        "keep-alive",
        "Host",
        "localhost:3001",
        "Accept-Encoding",
        "gzip, deflate, br, zstd",
        "Content-Length",
        "<n>"
    };
    /** Of versions that sent all names in lower case. */
    private static final String[] REQUEST_BEFORE = {
        "host",
        "localhost:3001",
        "accept",
        "application/json",
        "x-stainless-retry-count",
        "0",
        "x-stainless-timeout",
        "600",
        "x-stainless-lang",
        "js",
        "x-stainless-package-version",
        "0.74.0",
        "x-stainless-os",
        "Linux",
        "x-stainless-arch",
        "x64",
        "x-stainless-runtime",
        "node",
        "x-stainless-runtime-version",
        "v24.3.0",
        "anthropic-dangerous-direct-browser-access",
        "true",
        "anthropic-version",
        "2023-06-01",
        "authorization",
        "<hmac>",
        "x-app",
        "cli",
        "user-agent",
        "claude-cli/2.1.114 (external, cli)",
        "content-type",
        "application/json",
        "anthropic-beta",
        "<betas>",
        "x-claude-code-session-id",
        "<uuid>",
        "accept-language",
        "*",
        "sec-fetch-mode",
        "cors",
        "accept-encoding",
        "br, gzip, deflate",
        "content-length",
        "<n>"
    };

    private static final String[] REQUEST_OF_OTHERS = {
        "Host",
        "127.0.0.1:3001",
        "Accept-Encoding",
        "gzip, deflate",
        "Connection",
        "keep-alive",
        "Accept",
        "*/*",
        "User-Agent",
        "python-requests/2.32.3",
        "anthropic-version",
        "2023-06-01",
        "content-type",
        "application/json",
        "x-api-key",
        "<hmac>",
        "x-stainless-lang",
        "python",
        "x-stainless-os",
        "MacOS",
        "x-stainless-arch",
        "arm64",
        "x-stainless-async",
        "false",
        "transfer-encoding",
        "chunked",
        "Content-Length",
        "<n>"
    };
    private static final String[] RESPONSE = {
        "date",
        "<date>",
        "content-type",
        "text/event-stream; charset=utf-8",
        "transfer-encoding",
        "chunked",
        "connection",
        "keep-alive",
        "cache-control",
        "no-cache",
        "anthropic-ratelimit-unified-status",
        "allowed",
        "anthropic-ratelimit-unified-5h-status",
        "allowed",
        "anthropic-ratelimit-unified-5h-reset",
        "17<n>",
        "anthropic-ratelimit-unified-5h-utilization",
        "<f>",
        "anthropic-ratelimit-unified-7d-status",
        "allowed",
        "anthropic-ratelimit-unified-7d-reset",
        "17<n>",
        "anthropic-ratelimit-unified-7d-utilization",
        "<f>",
        "anthropic-ratelimit-unified-representative-claim",
        "five_hour",
        "anthropic-ratelimit-unified-fallback-percentage",
        "0.5",
        "anthropic-ratelimit-unified-reset",
        "17<n>",
        "anthropic-ratelimit-unified-overage-status",
        "rejected",
        "request-id",
        "req_01<id>",
        "strict-transport-security",
        "max-age=31536000; includeSubDomains; preload",
        "anthropic-organization-id",
        "<uuid>",
        "server",
        "cloudflare",
        "x-envoy-upstream-service-time",
        "<n>",
        "cf-cache-status",
        "DYNAMIC",
        "x-robots-tag",
        "none",
        "set-cookie",
        "<hmac>",
        "cf-ray",
        "<ray>-FRA"
    };
    private static final String[] RESPONSE_TO_KEY = {
        "date",
        "<date>",
        "content-type",
        "application/json",
        "connection",
        "keep-alive",
        "cache-control",
        "no-cache",
        "anthropic-ratelimit-input-tokens-limit",
        "<n>",
        "anthropic-ratelimit-input-tokens-remaining",
        "<n>",
        "anthropic-ratelimit-input-tokens-reset",
        "<time>",
        "anthropic-ratelimit-output-tokens-limit",
        "<n>",
        "anthropic-ratelimit-output-tokens-remaining",
        "<n>",
        "anthropic-ratelimit-output-tokens-reset",
        "<time>",
        "anthropic-ratelimit-requests-limit",
        "<n>",
        "anthropic-ratelimit-requests-remaining",
        "<n>",
        "anthropic-ratelimit-requests-reset",
        "<time>",
        "request-id",
        "req_01<id>",
        "strict-transport-security",
        "max-age=31536000; includeSubDomains; preload",
        "anthropic-organization-id",
        "<uuid>",
        "server",
        "cloudflare",
        "x-envoy-upstream-service-time",
        "<n>",
        "cf-cache-status",
        "DYNAMIC",
        "x-robots-tag",
        "none",
        "server-timing",
        "x-originResponse;dur=<n>",
        "set-cookie",
        "<hmac>",
        "content-encoding",
        "gzip",
        "vary",
        "Accept-Encoding",
        "CF-RAY",
        "<ray>-FRA"
    };

    /** Those of Claude Code more often than others. */
    private static final String[][] FORMS = {
        REQUEST, REQUEST, REQUEST_BEFORE, REQUEST_OF_OTHERS, RESPONSE, RESPONSE, RESPONSE_TO_KEY
    };
}
