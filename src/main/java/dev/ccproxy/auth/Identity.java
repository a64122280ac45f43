package dev.ccproxy.auth;

import dev.ccproxy.config.AccessToken;
import dev.ccproxy.http.Access;
import java.util.Optional;

/** Who sent a request, as far as its credentials tell. */
public sealed interface Identity {

    /** Somebody of whom nothing is asked: no token is needed here. */
    record Anybody() implements Identity {}

    /** Knows the token that everybody shares. */
    record Shared() implements Identity {}

    /** Knows a token of their own. */
    record Named(String name, AccessToken.Role role) implements Identity {}

    /** Knows the dashboard's password. */
    record Owner() implements Identity {}

    /** The name that is recorded with an exchange. */
    default Optional<String> recordedName() {
        return this instanceof Named named ? Optional.of(named.name()) : Optional.empty();
    }

    /** Whether requests under {@code /v1} of this one are forwarded. */
    default boolean mayForward() {
        return switch (this) {
            case Anybody() -> true;
            case Shared() -> true;
            case Owner() -> false;
            case Named(String name, AccessToken.Role role) ->
                switch (role) {
                    case PROXY, ADMIN -> true;
                    case VIEWER -> false;
                };
        };
    }

    /** Whether this one may call endpoints of our own that ask for so much. */
    default boolean may(Access access) {
        return access == Access.OPEN
                || switch (this) {
                    case Anybody() -> true;
                    case Shared() -> false;
                    case Owner() -> true;
                    case Named(String name, AccessToken.Role role) ->
                        switch (role) {
                            case PROXY -> false;
                            case VIEWER -> access == Access.VIEWER;
                            case ADMIN -> true;
                        };
                };
    }
}
