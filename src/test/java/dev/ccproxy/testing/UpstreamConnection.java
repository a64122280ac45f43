package dev.ccproxy.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One accepted connection: a thread that reads all the time, and one that answers, so that a close is always seen. */
final class UpstreamConnection {

    private final FakeUpstream upstream;
    private final int number;
    private final Socket accepted;
    private final BlockingQueue<Optional<UpstreamRequest>> toAnswer = new LinkedBlockingQueue<>();
    private final List<UpstreamRequest> requests = new ArrayList<>();
    private volatile boolean closedByUs;

    UpstreamConnection(FakeUpstream upstream, int number, Socket accepted) {
        this.upstream = upstream;
        this.number = number;
        this.accepted = accepted;
    }

    void start() {
        Thread.ofVirtual().name("fake-upstream-" + number).start(this::run);
    }

    void close() {
        closedByUs = true;
        try {
            accepted.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }

    private void run() {
        try (Socket socket = upstream.tls().isPresent() ? secured(upstream.tls().orElseThrow()) : accepted) {
            Thread answering =
                    Thread.ofVirtual().name("fake-upstream-answers-" + number).start(() -> answer(socket));
            Ending ending = read(socket);
            requests.forEach(request -> request.peerClosed(ending));
            answering.join();
        } catch (IOException broken) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket secured(SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    /** Until the other side closes; a request is recorded as soon as its head is there. */
    private Ending read(Socket socket) throws IOException {
        try {
            WireReader reader = new WireReader(socket.getInputStream());
            for (MessageHead head = reader.head(); head != null; head = reader.head()) {
                readRequest(reader, head);
            }
            return Ending.FIN;
        } catch (EOFException early) {
            return Ending.FIN;
        } catch (SocketException broken) {
            if (closedByUs || accepted.isClosed()) {
                throw broken;
            }
            return Ending.RST;
        } finally {
            toAnswer.add(Optional.empty());
        }
    }

    private void readRequest(WireReader reader, MessageHead head) throws IOException {
        FakeUpstream.Begin begin = upstream.options().begin();
        UpstreamRequest request = upstream.arrived(number, head, begin != FakeUpstream.Begin.AT_HEAD_WITHOUT_READING);
        requests.add(request);
        if (begin != FakeUpstream.Begin.AT_WHOLE_REQUEST) {
            toAnswer.add(Optional.of(request));
        }
        request.awaitWanted();
        request.ended(reader.body(Framing.ofRequest(head), request::received));
        if (begin == FakeUpstream.Begin.AT_WHOLE_REQUEST) {
            toAnswer.add(Optional.of(request));
        }
    }

    private void answer(Socket socket) {
        try {
            for (var request = toAnswer.take(); request.isPresent(); request = toAnswer.take()) {
                Reply reply = new Reply(socket);
                upstream.script().answer(request.get(), reply);
                if (reply.closed()) {
                    return;
                }
            }
        } catch (IOException peerHasGone) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError failure) {
            upstream.failed(failure);
            close();
        }
    }
}
