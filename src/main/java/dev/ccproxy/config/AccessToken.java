package dev.ccproxy.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A token of one person or program.
 *
 * @param name recorded with each exchange, such as {@code alice}
 */
public record AccessToken(String name, Role role, SecretHash hash) {

    /** What the holder of a token may do. */
    public enum Role {
        /** Send requests under {@code /v1}. */
        PROXY,
        /** See what was recorded. */
        VIEWER,
        /** Send requests, see everything, change and delete. */
        ADMIN
    }

    static final List<String> MEMBERS = List.of("name", "role", "sha256");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Reads {@code alice:proxy:HEX,bob:viewer:HEX}; empty where an entry makes no sense or is there twice. */
    static Optional<List<AccessToken>> parse(String text) {
        List<AccessToken> tokens = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (String entry : text.split(",", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            Optional<AccessToken> token = one(entry.strip());
            if (token.isEmpty()
                    || !seen.add(token.get().name())
                    || !seen.add(token.get().hash())) {
                return Optional.empty();
            }
            tokens.add(token.get());
        }
        return Optional.of(tokens);
    }

    private static Optional<AccessToken> one(String entry) {
        List<String> parts = Arrays.asList(entry.split(":", -1));
        boolean sound = parts.size() == MEMBERS.size()
                && NAME.matcher(parts.get(0)).matches()
                && SHA256.matcher(parts.get(2)).matches();
        return sound
                ? role(parts.get(1))
                        .map(role -> new AccessToken(
                                parts.get(0), role, new SecretHash(parts.get(2).toLowerCase(Locale.ROOT))))
                : Optional.empty();
    }

    private static Optional<Role> role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** The list with names and roles only. */
    static String withoutHashes(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(entry -> entry.replaceFirst(":[^:]*$", ":***"))
                .collect(Collectors.joining(","));
    }
}
