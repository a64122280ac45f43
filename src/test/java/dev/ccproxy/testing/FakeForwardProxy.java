package dev.ccproxy.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy as companies have them, for CONNECT and SOCKS 5 (RFC 1928): leads whatever it is asked for to one port
 * of this machine. Safe for all threads.
 */
public final class FakeForwardProxy implements AutoCloseable {

    private static final int SOCKS_5 = 5;
    private static final int BY_NAME = 3;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final int target;

    private FakeForwardProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    public static FakeForwardProxy start(int target) throws IOException {
        FakeForwardProxy proxy =
                new FakeForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What it was asked to connect to, one line each, such as {@code SOCKS5 api.example.com:443}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> lead(client));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void lead(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int first = in.readUnsignedByte();
            if (first == SOCKS_5) {
                socks(in, client.getOutputStream());
            } else {
                connect((char) first, in, client.getOutputStream());
            }
            Thread up = Thread.ofVirtual().start(() -> copy(client, upstream));
            copy(upstream, client);
            up.interrupt();
        } catch (IOException over) {
            return;
        }
    }

    private void connect(char first, DataInputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder().append(first);
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        asked.add(head.substring(0, head.indexOf("\r\n")));
        out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void socks(DataInputStream in, OutputStream out) throws IOException {
        in.readFully(new byte[in.readUnsignedByte()]);
        out.write(new byte[] {SOCKS_5, 0});
        in.readFully(new byte[3]);
        if (in.readUnsignedByte() != BY_NAME) {
            throw new IOException("asked for an address: the name was looked up here");
        }
        byte[] name = new byte[in.readUnsignedByte()];
        in.readFully(name);
        asked.add("SOCKS5 " + new String(name, StandardCharsets.US_ASCII) + ":" + in.readUnsignedShort());
        out.write(new byte[] {SOCKS_5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException over) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
