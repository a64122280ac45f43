package dev.ccproxy.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that is kept alive, as the client keeps its own; only for {@link TrainCommand}. */
final class TrainingClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private final Socket socket;
    private final byte[] answer = new byte[1 << 16];

    TrainingClient(int port) throws IOException {
        socket = connect(port);
    }

    /** Sends a request and reads its answer, which comes in chunks. */
    void post(byte[] body) throws IOException {
        String head = """
                POST /v1/messages?beta=true HTTP/1.1
                Host: 127.0.0.1
                Content-Type: application/json
                x-api-key: training
                anthropic-version: 2023-06-01
                x-claude-code-session-id: 00000000-0000-4000-8000-000000000000
                Content-Length: %d

                """.formatted(body.length).replace("\n", "\r\n");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        int length = 0;
        while (!endsWithLastChunk(length)) {
            int read = socket.getInputStream().read(answer, length, answer.length - length);
            if (read <= 0) {
                throw new IOException("the answer of the training has no end");
            }
            length += read;
        }
    }

    private boolean endsWithLastChunk(int length) {
        int tail = LAST_CHUNK.length();
        return length >= tail
                && new String(answer, length - tail, tail, StandardCharsets.ISO_8859_1).equals(LAST_CHUNK);
    }

    /** Reads a page on a connection of its own. */
    static void get(int port, String target) throws IOException {
        try (Socket socket = connect(port)) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
