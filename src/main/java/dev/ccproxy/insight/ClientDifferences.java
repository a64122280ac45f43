package dev.ccproxy.insight;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a release of a client leaves out because its base URL is not the vendor's own: what a proxy changes for it, though the
 * proxy itself changes nothing. Facts with the day on which they were read ({@code client-differences.json}).
 *
 * @param client as in its {@code User-Agent}, such as {@code claude-cli}
 * @param version such as {@code 2.1.330}
 * @param read on which day
 * @param how they were found
 */
public record ClientDifferences(String client, String version, String read, String how, List<Difference> differences) {

    private static final String FILE = "client-differences.json";

    public ClientDifferences {
        differences = List.copyOf(differences);
    }

    /** What of a request is concerned. */
    public enum Kind {
        HEADER,
        /** A word in {@code anthropic-beta}. */
        BETA,
        /** A member of the body. */
        BODY,
        /** A system or content block. */
        BLOCK,
        TOOL
    }

    /**
     * Something that a direct connection has.
     *
     * @param when of which requests, such as {@code always} or {@code subagents}
     * @param cost what it costs not to have it
     * @param back the variable that brings it back
     */
    public record Difference(Kind kind, String name, String when, String what, String cost, String back) {}

    /** Everything that is known of any release. */
    public static List<ClientDifferences> all(Json json) {
        try (InputStream file = Objects.requireNonNull(ClientDifferences.class.getResourceAsStream(FILE))) {
            return List.of(json.read(Bytes.wrap(file.readAllBytes()), ClientDifferences[].class)
                    .orElseThrow());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What is known of a release, or else of the release nearest before it, or after. */
    public static Optional<ClientDifferences> of(List<ClientDifferences> all, String client, String version) {
        Comparator<ClientDifferences> byVersion = (one, other) -> compare(one.version, other.version);
        List<ClientDifferences> own = all.stream()
                .filter(known -> known.client.equals(client))
                .sorted(byVersion)
                .toList();
        return own.stream()
                .filter(known -> compare(known.version, version) <= 0)
                .max(byVersion)
                .or(() -> own.stream().findFirst());
    }

    /** Numbers between the points are compared as numbers; whatever is none comes before them. */
    public static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static long[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToLong(part -> part.matches("\\d{1,9}") ? Long.parseLong(part) : -1)
                .toArray();
    }
}
