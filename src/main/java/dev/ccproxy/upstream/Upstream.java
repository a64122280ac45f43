package dev.ccproxy.upstream;

import dev.ccproxy.config.OutboundProxy;
import dev.ccproxy.config.ProviderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One provider as seen from one event loop, with a connection pool of its own, so that no exchange ever hops between
 * loops. For that event loop only.
 */
public final class Upstream {

    /** Connections for each event loop: far above any real number of streams; admission happens before. */
    private static final int MAX_CONNECTIONS = 20_000;

    /** Below the minute or more after which servers close an idle connection, so that we close it first. */
    private static final int KEEP_ALIVE_SECONDS = 50;

    private static final int MAX_HEAD_BYTES = 1024 * 1024;

    /** Largest piece the decoder hands on: at least a whole socket read. */
    private static final int MAX_PIECE_BYTES = 256 * 1024;

    private final ProviderSettings provider;
    private final HttpClient client;
    private final String authority;
    private final String prefix;

    private Upstream(ProviderSettings provider, HttpClient client) {
        this.provider = provider;
        this.client = client;
        this.authority = authority(provider.baseUrl());
        this.prefix = prefix(provider.baseUrl());
    }

    /**
     * A pool for the calling event loop; nothing is connected yet.
     *
     * @param through the HTTP proxy through which the provider is reached
     */
    public static Upstream open(Vertx vertx, ProviderSettings provider, Optional<OutboundProxy> through) {
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost(host(provider.baseUrl()))
                .setDefaultPort(port(provider.baseUrl()))
                .setConnectTimeout((int) provider.connectTimeout().toMillis())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_PIECE_BYTES)
                .setHttp2ClearTextUpgrade(false);
        switch (provider.httpVersion()) {
            case HTTP_1_1 -> options.setProtocolVersion(HttpVersion.HTTP_1_1);
            case HTTP_2 -> options.setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true);
        }
        if (isTls(provider.baseUrl())) {
            options.setSsl(true)
                    .setVerifyHost(true)
                    .setSslHandshakeTimeout(provider.connectTimeout().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
            provider.caFile().ifPresent(file -> options.setTrustOptions(ExtraTrust.withDefaults(file)));
        }
        through.ifPresent(proxy -> options.setProxyOptions(proxyOptions(proxy)));
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(MAX_CONNECTIONS)
                .setHttp2MaxSize(64)
                .setMaxWaitQueueSize(MAX_CONNECTIONS);
        HttpClient client = vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(Upstream::connected)
                .build();
        return new Upstream(provider, client);
    }

    /**
     * A request on a pooled or new connection, not sent yet. Fails as {@link UpstreamFailures} explains.
     *
     * @param target raw request target; the base URL's path prefix goes before it
     */
    public Future<HttpClientRequest> request(HttpMethod method, String target) {
        return client.request(new RequestOptions().setMethod(method).setURI(prefix + target));
    }

    /** The {@code Host} value that the upstream expects, such as {@code api.anthropic.com}. */
    public String authority() {
        return authority;
    }

    public ProviderSettings provider() {
        return provider;
    }

    public Future<Void> close() {
        return client.close();
    }

    private static void connected(HttpConnection connection) {
        ResponseGuard.install(connection);
        // The exchange on it hears of the break too; without a handler the library logs a stack trace.
        connection.exceptionHandler(broken -> {});
    }

    private static ProxyOptions proxyOptions(OutboundProxy proxy) {
        ProxyType type = switch (proxy.kind()) {
            case HTTP -> ProxyType.HTTP;
            case SOCKS5 -> ProxyType.SOCKS5;
        };
        ProxyOptions options =
                new ProxyOptions().setType(type).setHost(proxy.host()).setPort(proxy.port());
        proxy.credentials().ifPresent(login -> options.setUsername(login.user()).setPassword(login.password()));
        return options;
    }

    private static boolean isTls(URI url) {
        return url.getScheme().equals("https");
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        return url.getPort() != -1 ? url.getPort() : isTls(url) ? 443 : 80;
    }

    private static String authority(URI url) {
        return url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private static String prefix(URI url) {
        String path = url.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
