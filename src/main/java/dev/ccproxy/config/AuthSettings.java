package dev.ccproxy.config;

import java.util.List;
import java.util.Optional;

/**
 * Who may use the proxy.
 *
 * @param enabled whether {@code /v1} takes a token
 * @param token the one that everybody shares
 * @param apiKeyHeader lower-case name of the header in which a token may come instead of {@code Authorization}
 * @param localhostBypass whether a client on this machine needs no token
 * @param tokens those that people have for themselves
 */
public record AuthSettings(
        boolean enabled,
        Optional<SecretHash> token,
        String apiKeyHeader,
        boolean localhostBypass,
        List<AccessToken> tokens) {

    public AuthSettings {
        tokens = List.copyOf(tokens);
    }
}
