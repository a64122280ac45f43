import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The model server of the benchmarks: reads a request to its end and answers with a message of 2 KB, or, where the target
 * says {@code slow}, with a stream of an event each half second. A virtual thread for each connection.
 */
final class BenchUpstream implements AutoCloseable {

    private static final int SLOW_EVENTS = 40;
    private static final long SLOW_PAUSE_MILLIS = 500;

    private static final byte[] MESSAGE = answer(("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"claude-opus-5-5\",\"content\":[{\"type\":\"text\",\"text\":\"" + "word ".repeat(370)
            + "\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":9,\"output_tokens\":370}}"));
    private static final byte[] STREAM_HEAD = ascii(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final byte[] EVENT = chunk("event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
            + "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a word \"}}\n\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

    private final ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());

    BenchUpstream() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The end of the benchmark.
        }
    }

    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream(), 65_536);
            OutputStream out = client.getOutputStream();
            for (String head = Wire.head(in); head != null; head = Wire.head(in)) {
                Wire.body(in, head);
                if (head.lines().findFirst().orElse("").contains("slow")) {
                    stream(out);
                } else {
                    out.write(MESSAGE);
                }
            }
        } catch (IOException | InterruptedException left) {
            // The other side is done.
        }
    }

    private static void stream(OutputStream out) throws IOException, InterruptedException {
        out.write(STREAM_HEAD);
        for (int i = 0; i < SLOW_EVENTS; i++) {
            out.write(EVENT);
            Thread.sleep(SLOW_PAUSE_MILLIS);
        }
        out.write(LAST_CHUNK);
    }

    private static byte[] answer(String body) {
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static byte[] chunk(String text) {
        return ascii(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
