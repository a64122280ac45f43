package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes an answer exactly as a script says; every call is flushed at once, in a packet of its own where the network
 * lets it. For the script's thread.
 */
public final class Reply {

    private final Socket socket;
    private final OutputStream out;
    private boolean closed;

    Reply(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    /** These bytes and no others. */
    public Reply raw(Bytes bytes) throws IOException {
        out.write(bytes.array(), bytes.arrayOffset(), bytes.length());
        out.flush();
        return this;
    }

    /** These characters, one byte each (ISO 8859-1): for heads and garbage. */
    public Reply raw(String latin1) throws IOException {
        return raw(Bytes.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A head of these header lines, such as {@code head("200 OK", "Content-Type: text/plain")}. */
    public Reply head(String statusAndReason, String... lines) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + statusAndReason + "\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return raw(head.append("\r\n").toString());
    }

    /** A whole answer with its length. */
    public Reply whole(String statusAndReason, Bytes body, String... lines) throws IOException {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = "Content-Length: " + body.length();
        return head(statusAndReason, all).raw(body);
    }

    /** A whole JSON answer. */
    public Reply json(String statusAndReason, String body, String... lines) throws IOException {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = "Content-Type: application/json";
        return whole(statusAndReason, Bytes.utf8(body), all);
    }

    /** The head of an event stream in chunks. */
    public Reply stream(String... lines) throws IOException {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 2);
        all[lines.length] = "Content-Type: text/event-stream; charset=utf-8";
        all[lines.length + 1] = "Transfer-Encoding: chunked";
        return head("200 OK", all);
    }

    /** One chunk, with its framing. */
    public Reply chunk(Bytes content) throws IOException {
        byte[] size = (Integer.toHexString(content.length()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = java.util.Arrays.copyOf(size, size.length + content.length() + 2);
        content.copyTo(framed, size.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        return raw(Bytes.wrap(framed));
    }

    public Reply chunk(String content) throws IOException {
        return chunk(Bytes.utf8(content));
    }

    /** The end of a chunked body, with these trailer lines. */
    public Reply lastChunk(String... trailers) throws IOException {
        StringBuilder end = new StringBuilder("0\r\n");
        for (String line : trailers) {
            end.append(line).append("\r\n");
        }
        return raw(end.append("\r\n").toString());
    }

    /** Goes on once the latch is open. */
    public Reply pauseUntil(CountDownLatch latch) {
        Patience.await(latch);
        return this;
    }

    /** Goes on after a while: for an upstream that is slow. */
    public Reply pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
        return this;
    }

    /** Closes in order (FIN). */
    public void close() throws IOException {
        closed = true;
        // Both halves: the reader of this connection sees its own end as an end, not as a failure.
        socket.shutdownOutput();
        socket.close();
    }

    /** Ends this side only (FIN); what the other side still sends is read. */
    public void halfClose() throws IOException {
        closed = true;
        socket.shutdownOutput();
    }

    /** Breaks the connection (RST). */
    public void reset() throws IOException {
        closed = true;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean closed() {
        return closed;
    }
}
