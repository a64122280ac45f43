package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Compression;
import dev.ccproxy.testing.Corpora;
import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import dev.ccproxy.testing.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every recorded stream passes through the running proxy byte for byte, however the network cuts it. */
class CorporaReplayTest {

    /** Up to here a stream is also sent byte by byte. */
    private static final int SMALL_BYTES = 4096;

    /** Up to here a stream is also cut in two at every place. */
    private static final int TINY_BYTES = 400;

    private static final List<Compression> ENCODINGS = List.of(Compression.GZIP, Compression.BROTLI, Compression.ZSTD);

    private final Map<String, Sending> sendings = new ConcurrentHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private List<Path> streams;
    private FakeUpstream upstream;
    private ProxyUnderTest proxy;
    private RawClient client;

    /** How one stream is sent: by which head, in which pieces, and whether it is then broken off. */
    private record Sending(String headerLine, String framing, List<Bytes> pieces, boolean cut) {

        static Sending chunks(List<Bytes> pieces) {
            return new Sending("X-Plain: 1", "Transfer-Encoding: chunked", pieces, false);
        }

        static Sending length(List<Bytes> pieces) {
            int length = pieces.stream().mapToInt(Bytes::length).sum();
            return new Sending("X-Plain: 1", "Content-Length: " + length, pieces, false);
        }

        static Sending compressed(Compression compression, List<Bytes> pieces) {
            String line = "Content-Encoding: " + compression.coding();
            return new Sending(line, "Transfer-Encoding: chunked", pieces, false);
        }

        static Sending cut(List<Bytes> pieces) {
            return new Sending("X-Plain: 1", "Transfer-Encoding: chunked", pieces, true);
        }

        boolean chunked() {
            return framing.startsWith("Transfer");
        }
    }

    @BeforeEach
    void start() throws Exception {
        try (Stream<Path> files = Files.walk(Corpora.require("anthropic-sse"))) {
            streams = files.filter(file -> file.toString().endsWith(".sse"))
                    .sorted()
                    .toList();
        }
        assertThat(streams).hasSizeGreaterThan(100);
        upstream = FakeUpstream.start((request, reply) -> {
            Sending sending = Objects.requireNonNull(sendings.get(request.head().target()));
            reply.head("200 OK", "Content-Type: text/event-stream", sending.headerLine(), sending.framing());
            for (Bytes piece : sending.pieces()) {
                if (!sending.chunked()) {
                    reply.raw(piece);
                } else if (!piece.isEmpty()) {
                    reply.chunk(piece);
                }
            }
            if (sending.cut()) {
                reply.close();
            } else if (sending.chunked()) {
                reply.lastChunk();
            }
        });
        proxy = ProxyUnderTest.to(upstream);
        client = proxy.client();
    }

    @AfterEach
    void stop() throws IOException {
        // Without the corpora there is nothing to stop.
        if (client != null) {
            client.close();
            proxy.close();
            upstream.close();
        }
    }

    @Test
    void underEverySplit() throws Exception {
        for (Path file : streams) {
            Random random = new Random(file.getFileName().hashCode());
            Bytes stream = Bytes.wrap(Files.readAllBytes(file));
            replay(file, "whole", stream, Sending.chunks(List.of(stream)));
            replay(file, "events", stream, Sending.chunks(after(stream, "\n\n")));
            replay(file, "lines", stream, Sending.chunks(after(stream, "\n")));
            for (int largest : new int[] {12, 400, 5000}) {
                replay(file, "random" + largest, stream, Sending.chunks(Splits.random(stream, largest, random)));
            }
            replay(file, "length", stream, Sending.length(Splits.random(stream, 400, random)));
            if (stream.length() <= SMALL_BYTES) {
                replay(file, "bytes", stream, Sending.chunks(Splits.every(stream, 1)));
            }
            for (int at = 1; stream.length() <= TINY_BYTES && at < stream.length(); at++) {
                List<Bytes> two = List.of(stream.slice(0, at), stream.slice(at, stream.length()));
                replay(file, "two" + at, stream, Sending.chunks(two));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void compressedAndRecordedAsWhatItIs() throws Exception {
        Map<String, Bytes> plain = new HashMap<>();
        for (Path file : streams) {
            Random random = new Random(file.getFileName().hashCode());
            Bytes stream = Bytes.wrap(Files.readAllBytes(file));
            Compression compression = ENCODINGS.get(plain.size() % ENCODINGS.size());
            Bytes encoded = compression.encode(stream);
            List<Bytes> pieces = Splits.random(encoded, 400, random);
            String target = replay(file, compression.coding(), encoded, Sending.compressed(compression, pieces));
            plain.put(target, stream);
        }
        assertThat(wrong).isEmpty();
        for (JsonNode line : proxy.recorded().awaitEnded(plain.size())) {
            String path = line.get("path").asString();
            assertThat(proxy.recorded().responseBody(line.get("id").asString()))
                    .as(path)
                    .isEqualTo(plain.get(path));
        }
    }

    @Test
    void cutInTheMiddleTheClientSeesTheBreak() throws Exception {
        for (Path file : streams) {
            Bytes stream = Bytes.wrap(Files.readAllBytes(file));
            Bytes half = stream.slice(0, stream.length() / 2);
            Sending sending = Sending.cut(Splits.random(half, 400, new Random(stream.length())));
            String target = target(file, "cut");
            sendings.put(target, sending);
            try (RawClient reader = proxy.client()) {
                RawClient.Received answer = reader.post(target, "{}").read();
                if (answer.ending() == Ending.WHOLE || !answer.body().equals(half)) {
                    wrong.add(target + " ended " + answer.ending());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private String replay(Path file, String how, Bytes expected, Sending sending) throws IOException {
        String target = target(file, how);
        sendings.put(target, sending);
        Bytes body = Bytes.utf8("{\"case\":\"" + target + "\",\"text\":\"caf\u00e9 \\u00e9 \ud83d\ude00 1.0 1e2\"}");
        MessageHead head = client.post(target, body).readHead();
        RawClient.Received answer = client.readBody(head, "POST");
        if (answer.ending() != Ending.WHOLE || !answer.body().equals(expected)) {
            wrong.add(target + " ended " + answer.ending());
        }
        if (!head.lines().subList(0, 2).equals(List.of("Content-Type: text/event-stream", sending.headerLine()))) {
            wrong.add(target + " head " + head.lines());
        }
        if (!upstream.requests().getLast().body().equals(body)) {
            wrong.add(target + " request body");
        }
        sendings.remove(target);
        return target;
    }

    private String target(Path file, String how) {
        return "/v1/" + streams.indexOf(file) + "/" + how;
    }

    private static List<Bytes> after(Bytes stream, String end) {
        List<Bytes> pieces = new ArrayList<>();
        int from = 0;
        for (int to = from; from < stream.length(); from = to) {
            do {
                to++;
            } while (to < stream.length() && !endsWith(stream, to, end));
            pieces.add(stream.slice(from, to));
        }
        return pieces;
    }

    private static boolean endsWith(Bytes stream, int to, String end) {
        return to >= end.length() && stream.slice(to - end.length(), to).utf8().equals(end);
    }
}
