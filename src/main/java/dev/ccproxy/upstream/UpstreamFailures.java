package dev.ccproxy.upstream;

import dev.ccproxy.config.ProviderSettings;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Turns what the HTTP client throws into an {@link UpstreamFailure} that people understand. */
public final class UpstreamFailures {

    private UpstreamFailures() {}

    /** The connection could not be made. */
    public static UpstreamFailure connecting(ProviderSettings provider, Throwable cause) {
        String where = "cannot reach " + provider.name() + " (" + provider.baseUrl() + "): ";
        if (isTimeout(cause)) {
            long limitMillis = provider.connectTimeout().toMillis();
            return new UpstreamFailure.ConnectTimeout(where + "no connection within "
                    + (limitMillis % 1_000 == 0 ? limitMillis / 1_000 + " s" : limitMillis + " ms"));
        }
        String why = switch (cause) {
            case UnknownHostException unknown -> "the host name is not known";
            case ConnectException refused -> "connection refused";
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            case Throwable other -> words(other);
        };
        return new UpstreamFailure.Unreachable(where + why);
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof ConnectTimeoutException || cause.getCause() instanceof SslHandshakeTimeoutException;
    }

    /** The connection was there and then failed. */
    public static UpstreamFailure.Broke exchanging(ProviderSettings provider, Throwable cause) {
        String why = switch (cause) {
            case HttpClosedException closed -> "closed the connection before the answer was whole";
            case DecoderException malformed -> "did not answer in HTTP: " + words(malformed);
            case IOException reset
            when words(reset).toLowerCase(Locale.ROOT).contains("reset") -> "reset the connection";
            case Throwable other -> "broke: " + words(other);
        };
        return new UpstreamFailure.Broke("upstream " + provider.name() + " " + why);
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
