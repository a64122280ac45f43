package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The header rules on any lines: what goes on is what came, in its order, without exactly what they name. */
class ForwardedHeadersFuzzTest {

    private static final int ROUNDS = Integer.getInteger("ccproxy.fuzz.rounds", 5_000);

    private static final Set<String> ENDS_HERE =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade");

    private static final String[] NAMES = {
        "Connection",
        "connection",
        "Keep-Alive",
        "TE",
        "Upgrade",
        "Proxy-Connection",
        "Host",
        "X-A",
        "x-a",
        "X-B",
        "Content-Length",
        "Expect",
        "anthropic-version",
        "Anthropic-Beta",
        "Authorization",
        "Trailer",
        "close"
    };
    private static final String[] VALUES = {
        "",
        "close",
        "keep-alive",
        "x-a",
        "X-A, x-b",
        ",, ,",
        "host",
        "content-length, te",
        "100-continue",
        "\u00ff",
        "1, 2",
        "anthropic-version"
    };

    @Test
    void linesThatAreNotNamedGoOnUnchanged() {
        long seed = Long.getLong("ccproxy.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Headers client = lines(random);
            MultiMap upstream = MultiMap.caseInsensitiveMultiMap();
            ForwardedHeaders.request(client, "upstream", "2023-06-01", null, upstream);

            Set<String> nominated = nominated(client);
            List<Header> expected = new ArrayList<>();
            for (Header line : client) {
                String name = line.name().toLowerCase(Locale.ROOT);
                if (name.equals("host")) {
                    expected.add(new Header(line.name(), "upstream"));
                } else if (!ENDS_HERE.contains(name)
                        && !nominated.contains(name)
                        && !(name.equals("expect") && line.value().equals("100-continue"))) {
                    expected.add(line);
                }
            }
            if (expected.stream().noneMatch(line -> line.is("anthropic-version"))) {
                expected.add(new Header("anthropic-version", "2023-06-01"));
            }
            List<Header> sent = new ArrayList<>();
            upstream.forEach((name, value) -> sent.add(new Header(name, value)));
            assertThat(sent)
                    .as("seed %d round %d: %s", seed, round, client)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static Set<String> nominated(Headers client) {
        Set<String> never = Set.of("host", "content-length", "content-encoding", "close");
        return client.all("connection").stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !never.contains(token))
                .collect(java.util.stream.Collectors.toSet());
    }

    private static Headers lines(Random random) {
        List<Header> lines = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            lines.add(new Header(NAMES[random.nextInt(NAMES.length)], VALUES[random.nextInt(VALUES.length)]));
        }
        return new Headers(lines);
    }
}
