package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A wire-tap: passes every byte on unread and keeps a copy of both directions. Safe for all threads. */
public final class RawTap implements AutoCloseable {

    /**
     * A message as it went past.
     *
     * @param nanos when its first byte went past
     * @param body without its framing
     */
    public record Message(long nanos, MessageHead head, Bytes body, Ending ending) {}

    /**
     * A request and what was answered to it.
     *
     * @param connection from 1, in the order they were opened
     */
    public record Seen(int connection, Message request, Optional<Message> response) {}

    private final ServerSocket listener;
    private final int targetPort;
    private final Changes changes = new Changes();
    private final List<Connection> connections = new ArrayList<>();

    private RawTap(ServerSocket listener, int targetPort) {
        this.listener = listener;
        this.targetPort = targetPort;
    }

    /** A tap on a free port in front of another loopback port. */
    public static RawTap before(int targetPort) throws IOException {
        RawTap tap = new RawTap(new ServerSocket(0, 4096, InetAddress.getLoopbackAddress()), targetPort);
        Thread.ofVirtual().name("raw-tap").start(tap::accept);
        return tap;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** All requests with their answers, in the order in which the requests began. */
    public List<Seen> seen() {
        List<Connection> all = changes.read(() -> List.copyOf(connections));
        return all.stream()
                .flatMap(connection -> connection.seen().stream())
                .sorted(Comparator.comparingLong(seen -> seen.request().nanos()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        changes.read(() -> List.copyOf(connections)).forEach(Connection::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                relay(listener.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        } catch (ConnectException refused) {
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Connection connection = new Connection(changes.read(() -> connections.size() + 1), client, server);
        changes.make(() -> connections.add(connection));
        connection.start();
    }

    /** One direction: its bytes, and when the byte at an offset went past. */
    private static final class Direction {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TreeMap<Long, Long> times = new TreeMap<>();
        private Ending ending = Ending.WHOLE;

        synchronized void passed(byte[] piece, int length) {
            times.put((long) bytes.size(), System.nanoTime());
            bytes.write(piece, 0, length);
        }

        synchronized void ended(Ending how) {
            ending = how;
        }

        synchronized long nanosAt(long offset) {
            return times.isEmpty() ? 0 : times.floorEntry(offset).getValue();
        }

        synchronized Ending ending() {
            return ending;
        }

        synchronized byte[] copy() {
            return bytes.toByteArray();
        }
    }

    private static final class Connection {
        private final int number;
        private final Socket client;
        private final Socket server;
        private final Direction fromClient = new Direction();
        private final Direction fromServer = new Direction();

        Connection(int number, Socket client, Socket server) {
            this.number = number;
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, server, fromClient));
            Thread.ofVirtual().start(() -> pump(server, client, fromServer));
        }

        void close() {
            quietly(client::close);
            quietly(server::close);
        }

        private static void pump(Socket from, Socket to, Direction direction) {
            byte[] buffer = new byte[64 * 1024];
            try {
                for (int length = from.getInputStream().read(buffer);
                        length >= 0;
                        length = from.getInputStream().read(buffer)) {
                    direction.passed(buffer, length);
                    to.getOutputStream().write(buffer, 0, length);
                }
                direction.ended(Ending.FIN);
                to.shutdownOutput();
            } catch (SocketException broken) {
                direction.ended(Ending.RST);
                quietly(() -> to.setSoLinger(true, 0));
                quietly(to::close);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private interface Closing {
            void run() throws IOException;
        }

        private static void quietly(Closing closing) {
            try {
                closing.run();
            } catch (IOException alreadyClosed) {
                return;
            }
        }

        List<Seen> seen() {
            List<Message> requests = new ArrayList<>();
            read(fromClient, head -> Framing.ofRequest(head), requests);
            List<Message> responses = new ArrayList<>();
            read(fromServer, head -> Framing.ofResponse(head, method(requests, responses.size())), responses);
            List<Seen> seen = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                Optional<Message> response = i < responses.size() ? Optional.of(responses.get(i)) : Optional.empty();
                seen.add(new Seen(number, requests.get(i), response));
            }
            return seen;
        }

        private static String method(List<Message> requests, int index) {
            return index < requests.size() ? requests.get(index).head().method() : "GET";
        }

        private interface FramingOf {
            Framing of(MessageHead head);
        }

        private static void read(Direction direction, FramingOf framing, List<Message> into) {
            WireReader reader = new WireReader(new ByteArrayInputStream(direction.copy()));
            try {
                long start = 0;
                for (MessageHead head = reader.head(); head != null; head = reader.head()) {
                    ByteArrayOutputStream body = new ByteArrayOutputStream();
                    Ending ending = body(reader, framing.of(head), body, direction.ending());
                    Bytes content = Bytes.wrap(body.toByteArray());
                    into.add(new Message(direction.nanosAt(start), head, content, ending));
                    start = reader.consumed();
                }
            } catch (IOException cutInAHead) {
                return;
            }
        }

        private static Ending body(WireReader reader, Framing framing, ByteArrayOutputStream body, Ending atBreak)
                throws IOException {
            try {
                reader.body(framing, piece -> body.write(piece.array(), piece.arrayOffset(), piece.length()));
                return Ending.WHOLE;
            } catch (java.io.EOFException cut) {
                return atBreak;
            }
        }
    }
}
