package dev.ccproxy.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A model server that does exactly what a script says, over raw sockets, on a free loopback port. Records every request
 * from its head on. Safe for all threads.
 */
public final class FakeUpstream implements AutoCloseable {

    /**
     * Answers a request; runs on a thread of the connection. Returning leaves the connection open for the next request.
     * An {@link IOException} means that the other side has gone; anything else fails the test when the upstream is closed.
     */
    @FunctionalInterface
    public interface Script {
        void answer(UpstreamRequest request, Reply reply) throws Exception;
    }

    /** When the script begins. */
    public enum Begin {
        /** When the request is whole. */
        AT_WHOLE_REQUEST,
        /** At the end of the head; the body is read meanwhile. */
        AT_HEAD,
        /** At the end of the head; nothing more is read until {@link UpstreamRequest#startReading}. */
        AT_HEAD_WITHOUT_READING
    }

    /**
     * What else is special.
     *
     * @param tls the identity to present; empty for plain TCP
     * @param bufferBytes of the sockets of each connection; 0 for the system's own
     */
    public record Options(Begin begin, Optional<TlsIdentity> tls, int bufferBytes) {

        public static Options begin(Begin begin) {
            return new Options(begin, Optional.empty(), 0);
        }
    }

    private final ServerSocket listener;
    private final Options options;
    private final Script script;
    private final Changes changes = new Changes();
    private final List<UpstreamRequest> requests = new ArrayList<>();
    private final List<UpstreamConnection> connections = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    private FakeUpstream(ServerSocket listener, Options options, Script script) {
        this.listener = listener;
        this.options = options;
        this.script = script;
    }

    /** A plain upstream whose script begins when a request is whole. */
    public static FakeUpstream start(Script script) throws IOException {
        return start(Options.begin(Begin.AT_WHOLE_REQUEST), script);
    }

    public static FakeUpstream start(Begin begin, Script script) throws IOException {
        return start(Options.begin(begin), script);
    }

    public static FakeUpstream startTls(TlsIdentity identity, Script script) throws IOException {
        return start(new Options(Begin.AT_WHOLE_REQUEST, Optional.of(identity), 0), script);
    }

    public static FakeUpstream start(Options options, Script script) throws IOException {
        return start(0, options, script);
    }

    /** For an upstream that comes back on a port it had before. */
    public static FakeUpstream startOn(int port, Script script) throws IOException {
        return start(port, Options.begin(Begin.AT_WHOLE_REQUEST), script);
    }

    private static FakeUpstream start(int port, Options options, Script script) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        if (options.bufferBytes > 0) {
            listener.setReceiveBufferSize(options.bufferBytes);
        }
        listener.bind(new java.net.InetSocketAddress(loopback, port), 4096);
        FakeUpstream upstream = new FakeUpstream(listener, options, script);
        Thread.ofVirtual().name("fake-upstream").start(upstream::accept);
        return upstream;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI uri() {
        String scheme = options.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + port());
    }

    /** Every request whose head has arrived, in that order. */
    public List<UpstreamRequest> requests() {
        return changes.read(() -> List.copyOf(requests));
    }

    /** Waits until so many requests have arrived. */
    public List<UpstreamRequest> awaitRequests(int count) {
        return awaitRequests(count, Patience.DEFAULT);
    }

    public List<UpstreamRequest> awaitRequests(int count, Duration atMost) {
        changes.await(
                atMost,
                () -> requests.size() >= count,
                () -> count + " requests at the upstream, only " + requests.size() + " came");
        return requests();
    }

    /** Waits for the first request. */
    public UpstreamRequest awaitRequest() {
        return awaitRequests(1).getFirst();
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return changes.read(connections::size);
    }

    /** Waits until so many connections were accepted. */
    public void awaitConnections(int count) {
        changes.await(Patience.DEFAULT, () -> connections.size() >= count, () -> count + " connections");
    }

    /** Closes every connection in order, as a server does with idle ones. */
    public void closeConnections() {
        changes.read(() -> List.copyOf(connections)).forEach(UpstreamConnection::close);
    }

    /** Goes away as a whole: the port refuses, connections end. */
    public void stop() throws IOException {
        listener.close();
        closeConnections();
    }

    /** Stops; fails when a script failed. */
    @Override
    public void close() throws IOException {
        stop();
        List<Throwable> failed = changes.read(() -> List.copyOf(failures));
        if (!failed.isEmpty()) {
            AssertionError error = new AssertionError("the upstream's script failed", failed.getFirst());
            failed.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private void accept() {
        int number = 0;
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (options.bufferBytes() > 0) {
                    socket.setSendBufferSize(options.bufferBytes());
                }
                UpstreamConnection connection = new UpstreamConnection(this, ++number, socket);
                changes.make(() -> connections.add(connection));
                if (listener.isClosed()) {
                    // Accepted while it closed: whoever closed the others did not see this one.
                    connection.close();
                    return;
                }
                connection.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    Options options() {
        return options;
    }

    Script script() {
        return script;
    }

    Optional<SSLContext> tls() {
        return options.tls().map(TlsIdentity::context);
    }

    UpstreamRequest arrived(int connection, MessageHead head, boolean readsBody) {
        return changes.read(() -> {
            var request = new UpstreamRequest(requests.size() + 1, connection, head, changes, readsBody);
            changes.make(() -> requests.add(request));
            return request;
        });
    }

    void failed(Throwable failure) {
        changes.make(() -> failures.add(failure));
    }
}
