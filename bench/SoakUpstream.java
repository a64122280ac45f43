import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A model server that does what the target of the request says, good or bad. A virtual thread for each connection. */
final class SoakUpstream implements AutoCloseable {

    private static final int EVENTS = 20;
    private static final long PAUSE_MILLIS = 20;
    private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String EVENT = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":\"some words \"}}\n\n";

    private final ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    private final byte[] bomb;

    SoakUpstream() throws IOException {
        bomb = bomb();
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
            // The end of the soak.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream(), 65_536);
            OutputStream out = client.getOutputStream();
            for (String head = Wire.head(in); head != null; head = Wire.head(in)) {
                String target = head.split(" ", 3)[1];
                if (target.endsWith("early")) {
                    write(out, whole("413 Too Large", "{}"));
                    return;
                }
                Wire.body(in, head);
                if (!answer(target.substring(target.lastIndexOf('/') + 1), client, out)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException left) {
            // The other side is done.
        }
    }

    /** False when the connection is to be closed. */
    private boolean answer(String what, Socket client, OutputStream out) throws IOException, InterruptedException {
        switch (what) {
            case "stream" -> stream(out, EVENTS, "0\r\n\r\n");
            case "cut" -> stream(out, EVENTS / 2, "ff\r\ncut");
            case "garbage" -> stream(out, EVENTS / 2, "zz\r\n");
            case "reset" -> client.setSoLinger(true, 0);
            case "close" -> {}
            case "overloaded" -> write(out, whole("529 Overloaded", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}"));
            case "page" -> write(out, whole("502 Bad Gateway", "<html>bad</html>"));
            case "bomb" -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
                out.write(bomb);
            }
            case "nohttp" -> write(out, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
            default -> write(out, whole("200 OK", "{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[]}"));
        }
        return !"cut garbage reset close nohttp".contains(what);
    }

    private static void stream(OutputStream out, int events, String end) throws IOException, InterruptedException {
        write(out, STREAM);
        for (int i = 0; i < events; i++) {
            write(out, Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n");
            Thread.sleep(PAUSE_MILLIS);
        }
        write(out, end);
    }

    private static String whole(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** 100 MB of nothing. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
