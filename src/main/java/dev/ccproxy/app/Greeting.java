package dev.ccproxy.app;

import dev.ccproxy.config.Settings;
import java.net.URI;

/** What the program says once both ports answer: where everything is, and how to point Claude Code at it. */
final class Greeting {

    private Greeting() {}

    static String of(Settings settings, int proxyPort, int dashboardPort) {
        String host = settings.server().host();
        String proxy = address(host, proxyPort);
        URI upstream = settings.anthropic().baseUrl();
        String through = settings.outboundProxy()
                .proxyFor(upstream)
                .map(it -> ", through " + it.host() + ":" + it.port())
                .orElse("");
        return """
                Claude Code Proxy %s

                  proxy       %s  to  %s%s
                  dashboard   %s
                  database    %s

                In another terminal:

                  export ANTHROPIC_BASE_URL=%s

                and use claude as always. Ctrl-C stops the proxy.
                """.formatted(
                        Version.current(),
                        proxy,
                        upstream,
                        through,
                        address(host, dashboardPort),
                        settings.storage().dbPath().toAbsolutePath().normalize(),
                        settings.server().publicUrl().map(URI::toString).orElse(proxy));
    }

    private static String address(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
