package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An HTTP client that is only a socket: sends exactly the given bytes, tells exactly what comes back. For one thread. */
public final class RawClient implements AutoCloseable {

    /**
     * A piece of a body as one read gave it.
     *
     * @param nanos {@link System#nanoTime()} of its arrival
     */
    public record Piece(Bytes content, long nanos) {}

    /**
     * A whole answer, or as much of it as came.
     *
     * @param body without its framing
     * @param ending whether its framing said that it is whole
     */
    public record Received(MessageHead head, Bytes body, List<Piece> pieces, Headers trailers, Ending ending) {

        public String text() {
            return body.utf8();
        }

        /** The id that the proxy gives an exchange which it answers itself. */
        public String exchangeId() {
            return head.header("x-ccproxy-exchange-id");
        }
    }

    private final Socket socket;
    private final OutputStream out;
    private final WireReader reader;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.reader = new WireReader(socket.getInputStream());
    }

    public static RawClient connect(int port) throws IOException {
        return connect(port, 0);
    }

    /** With socket buffers of this size, so that little fits into the network; 0 for the system's own. */
    public static RawClient connect(int port, int bufferBytes) throws IOException {
        Socket socket = new Socket();
        if (bufferBytes > 0) {
            socket.setReceiveBufferSize(bufferBytes);
            socket.setSendBufferSize(bufferBytes);
        }
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setSoTimeout((int) Patience.DEFAULT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    /** How long a read waits before it fails the test. */
    public RawClient timeout(Duration limit) throws SocketException {
        socket.setSoTimeout((int) limit.toMillis());
        return this;
    }

    public RawClient send(Bytes bytes) throws IOException {
        out.write(bytes.array(), bytes.arrayOffset(), bytes.length());
        out.flush();
        return this;
    }

    /** These characters, one byte each (ISO 8859-1). */
    public RawClient send(String latin1) throws IOException {
        return send(Bytes.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A whole {@code POST} with its length, as Claude Code sends it. */
    public RawClient post(String target, Bytes body, String... lines) throws IOException {
        byte[] head =
                head("POST", target, "Content-Length: " + body.length(), lines).getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length());
        body.copyTo(all, head.length);
        return send(Bytes.wrap(all));
    }

    public RawClient post(String target, String body, String... lines) throws IOException {
        return post(target, Bytes.utf8(body), lines);
    }

    /** A whole request without a body. */
    public RawClient get(String target, String... lines) throws IOException {
        return send(head("GET", target, "Accept: */*", lines));
    }

    /** The head of a request to this proxy; the {@code Host} line comes first. */
    public String head(String method, String target, String line, String... lines) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1:").append(socket.getPort()).append("\r\n");
        head.append(line).append("\r\n");
        for (String more : lines) {
            head.append(more).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** The next head; fails when the connection ends before one came. */
    public MessageHead readHead() throws IOException {
        MessageHead head = reader.head();
        if (head == null) {
            throw new EOFException("the connection was closed where a head was expected");
        }
        return head;
    }

    /** The next answer to a request with this method, to its end or to the break. */
    public Received read(String method) throws IOException {
        return readBody(readHead(), method);
    }

    /** The next answer to a {@code POST} or {@code GET}. */
    public Received read() throws IOException {
        return read("POST");
    }

    /** The body that follows a head. */
    public Received readBody(MessageHead head, String method) throws IOException {
        Framing framing = Framing.ofResponse(head, method);
        List<Piece> pieces = new ArrayList<>();
        Headers trailers = Headers.EMPTY;
        Ending ending = Ending.WHOLE;
        try {
            trailers = reader.body(framing, content -> pieces.add(new Piece(content, System.nanoTime())));
        } catch (EOFException early) {
            ending = Ending.FIN;
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (SocketException broken) {
            ending = Ending.RST;
        }
        return new Received(head, join(pieces), pieces, trailers, ending);
    }

    /** Whatever comes next, framing included. */
    public Bytes readSome() throws IOException {
        Bytes some = reader.some();
        if (some == null) {
            throw new EOFException("the connection was closed where bytes were expected");
        }
        return some;
    }

    /** Bytes, framing included, up to these characters and no further. */
    public String readUntil(String text) throws IOException {
        return reader.until(text);
    }

    /** Reads until the other side has closed, and tells how; fails when it does not. */
    public Ending readToEnd() throws IOException {
        try {
            boolean open = true;
            while (open) {
                open = reader.some() != null;
            }
            return Ending.FIN;
        } catch (SocketTimeoutException open) {
            throw open;
        } catch (SocketException broken) {
            return Ending.RST;
        }
    }

    /** Fails when the other side sends anything, or closes, within so long. */
    public void expectSilence(Duration time) throws IOException {
        int before = socket.getSoTimeout();
        socket.setSoTimeout((int) time.toMillis());
        try {
            Bytes some = reader.some();
            throw new AssertionError(some == null ? "closed" : some.utf8() + " instead of silence");
        } catch (SocketTimeoutException silent) {
            socket.setSoTimeout(before);
        }
    }

    /** Ends this side only (FIN); answers can still be read. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Leaves in order (FIN). */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Leaves with a reset (RST). */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static Bytes join(List<Piece> pieces) {
        int length = pieces.stream().mapToInt(piece -> piece.content().length()).sum();
        byte[] all = new byte[length];
        int position = 0;
        for (Piece piece : pieces) {
            piece.content().copyTo(all, position);
            position += piece.content().length();
        }
        return Bytes.wrap(all);
    }
}
