package dev.ccproxy.auth;

import dev.ccproxy.config.AccessToken;
import dev.ccproxy.config.AuthSettings;
import dev.ccproxy.config.SecretHash;
import dev.ccproxy.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tokens that were handed out, and the password. Every look-up compares with all of them, each in constant time.
 * Immutable.
 */
final class KnownSecrets {

    private record Known(SecretHash hash, Identity identity) {}

    private final List<Known> tokens = new ArrayList<>();
    private final Optional<SecretHash> password;
    private final String apiKeyHeader;

    KnownSecrets(AuthSettings settings, Optional<SecretHash> password) {
        settings.token().ifPresent(hash -> tokens.add(new Known(hash, new Identity.Shared())));
        for (AccessToken token : settings.tokens()) {
            tokens.add(new Known(token.hash(), new Identity.Named(token.name(), token.role())));
        }
        this.password = password;
        this.apiKeyHeader = settings.apiKeyHeader();
    }

    boolean hasTokens() {
        return !tokens.isEmpty();
    }

    /** Whether anybody could be let in to see what was recorded. */
    boolean hasViewers() {
        return password.isPresent()
                || tokens.stream().anyMatch(token -> token.identity().may(dev.ccproxy.http.Access.VIEWER));
    }

    /** Whose token this header line brings. */
    Optional<Identity> ofToken(Header line) {
        return scheme(line, "bearer")
                .or(() -> line.is(apiKeyHeader) ? Optional.of(line.value()) : Optional.empty())
                .flatMap(this::token);
    }

    /** Whose token or password this header line brings. */
    Optional<Identity> ofTokenOrPassword(Header line) {
        return ofToken(line).or(() -> scheme(line, "basic").flatMap(this::basic));
    }

    /** Whether this line is one in which credentials for us may come. */
    boolean isCredential(Header line) {
        return line.is("authorization") || line.is(apiKeyHeader);
    }

    private static Optional<String> scheme(Header line, String scheme) {
        String value = line.value().strip();
        boolean fits = line.is("authorization")
                && value.length() > scheme.length()
                && value.charAt(scheme.length()) == ' '
                && value.substring(0, scheme.length()).toLowerCase(Locale.ROOT).equals(scheme);
        return fits ? Optional.of(value.substring(scheme.length() + 1).strip()) : Optional.empty();
    }

    /** The user name does not matter; a token may stand for the password. */
    private Optional<Identity> basic(String encoded) {
        String login;
        try {
            login = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = login.indexOf(':');
        if (colon == -1) {
            return Optional.empty();
        }
        String secret = login.substring(colon + 1);
        SecretHash hash = SecretHash.of(secret);
        boolean owner = password.filter(hash::matches).isPresent();
        Optional<Identity> holder = token(secret);
        return owner ? Optional.of(new Identity.Owner()) : holder;
    }

    private Optional<Identity> token(String secret) {
        SecretHash hash = SecretHash.of(secret);
        Optional<Identity> found = Optional.empty();
        for (Known known : tokens) {
            if (known.hash().matches(hash)) {
                found = Optional.of(known.identity());
            }
        }
        return found;
    }
}
