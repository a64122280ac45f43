import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One keep-alive connection that sends a prepared request and reads the whole answer. For one thread. */
final class BenchClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    BenchClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
        out = socket.getOutputStream();
    }

    /** A request with a body of this many bytes: one question of a user who pastes a long text. */
    static byte[] request(String target, int bodyBytes) {
        String before = "{\"model\":\"claude-opus-5-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"";
        String after = "\"}]}";
        String text = "the quick brown fox \\\"jumps\\\" over the lazy dog\\n";
        String fill = text.repeat(bodyBytes / text.length() + 1).substring(0, Math.max(0, bodyBytes - 150)).replace('\\', '/').replace('"', '\'');
        String body = before + fill + after;
        return ("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "User-Agent: claude-cli/2.1.330 (external, cli)\r\nx-api-key: none\r\nanthropic-version: 2023-06-01\r\n"
                        + "X-Claude-Code-Session-Id: 11111111-2222-4333-8444-555555555555\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Gives the status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        String head = Wire.head(in);
        if (head == null) {
            throw new IOException("no answer");
        }
        Wire.body(in, head);
        return Integer.parseInt(head.substring(9, 12));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
