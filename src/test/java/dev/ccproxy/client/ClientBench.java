package dev.ccproxy.client;

import dev.ccproxy.testing.ClaudeCode;
import dev.ccproxy.testing.ClaudeSession;
import dev.ccproxy.testing.ClaudeWorkplace;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ModelRequest;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawTap;
import dev.ccproxy.testing.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs the real client against a scripted model, through the proxy and without it, with taps on every leg. */
final class ClientBench implements AutoCloseable {

    /** What the model says to a request; told apart by what the conversation contains. */
    @FunctionalInterface
    interface Model {
        void answer(ModelRequest request, Reply reply) throws Exception;
    }

    private final ClaudeCode claude = ClaudeCode.installed();
    private final ClaudeWorkplace workplace;

    ClientBench() throws IOException {
        this.workplace = ClaudeWorkplace.create();
    }

    ClaudeWorkplace workplace() {
        return workplace;
    }

    /** A fresh {@code claude -p} through the proxy. */
    ClientRun proxied(Model model, Map<String, String> environment, String... arguments) throws Exception {
        workplace.reset();
        return proxiedAgain(model, environment, withSession(arguments));
    }

    ClientRun proxied(Model model, String... arguments) throws Exception {
        return proxied(model, Map.of(), arguments);
    }

    /** One more run through the proxy in the same home and project. */
    ClientRun proxiedAgain(Model model, Map<String, String> environment, String... arguments) throws Exception {
        try (FakeUpstream upstream = start(model);
                RawTap behind = RawTap.before(upstream.port());
                ProxyUnderTest proxy = ProxyUnderTest.to(behind.uri());
                RawTap before = RawTap.before(proxy.port())) {
            ClaudeSession.Result result = ClaudeSession.print(claude, workplace, before.uri(), environment, arguments);
            int exchanges = before.seen().size();
            return new ClientRun(
                    result,
                    before.seen(),
                    behind.seen(),
                    ClientRun.Recorded.all(proxy.recorded(), exchanges),
                    workplace.transcripts());
        }
    }

    /** A fresh {@code claude -p} without a proxy; what it sends is what the proxied one must send. */
    ClientRun direct(Model model, Map<String, String> environment, String... arguments) throws Exception {
        workplace.reset();
        return directAgain(model, environment, withSession(arguments));
    }

    ClientRun direct(Model model, String... arguments) throws Exception {
        return direct(model, Map.of(), arguments);
    }

    /** One more run without a proxy in the same home and project. */
    ClientRun directAgain(Model model, Map<String, String> environment, String... arguments) throws Exception {
        try (FakeUpstream upstream = start(model);
                RawTap tap = RawTap.before(upstream.port())) {
            ClaudeSession.Result result = ClaudeSession.print(claude, workplace, tap.uri(), environment, arguments);
            return new ClientRun(result, tap.seen(), tap.seen(), List.of(), workplace.transcripts());
        }
    }

    /**
     * Runs it through the proxy and again without one, and compares: nothing was changed on the way, everything was
     * recorded, the client sent the same requests in the same order, and its own records are as complete.
     *
     * @return the run through the proxy
     */
    ClientRun comparedWithDirect(Model model, Map<String, String> environment, String... arguments) throws Exception {
        ClientRun proxied = proxied(model, environment, arguments);
        ClientRun direct = direct(model, environment, arguments);
        Transparency.assertNothingChanged(proxied);
        Transparency.assertSameCourse(proxied, direct);
        return proxied;
    }

    ClientRun comparedWithDirect(Model model, String... arguments) throws Exception {
        return comparedWithDirect(model, Map.of(), arguments);
    }

    /** The interactive client; the caller ends it. */
    ClaudeSession interactive(RawTap before) throws IOException {
        workplace.reset();
        return ClaudeSession.interactive(claude, workplace, before.uri());
    }

    static FakeUpstream start(Model model) throws IOException {
        return FakeUpstream.start((request, reply) -> model.answer(ModelRequest.of(request), reply));
    }

    private static String[] withSession(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--session-id", ClaudeSession.SESSION_ID));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        workplace.close();
    }
}
