package dev.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopByHopTest {

    private final HopByHop plain = HopByHop.of(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "keep-alive", "Proxy-Connection", "TE", "Transfer-Encoding", "UPGRADE"})
    void endsAtEachProxyWhateverItsCase(String name) {
        assertThat(plain.contains(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Trailer", "Proxy-Authorization", "x-connection", "content-length", "anthropic-beta", "te2"})
    void passesWhatIsNotNamedInTheStandard(String name) {
        assertThat(plain.contains(name)).isFalse();
    }

    @Test
    void theConnectionHeaderNominatesMore() {
        HopByHop nominated = HopByHop.of(List.of("close, X-Private ,x-other", "x-third"));

        assertThat(List.of("x-private", "X-Other", "X-THIRD")).allMatch(nominated::contains);
        assertThat(nominated.contains("close")).isFalse();
    }

    @Test
    void whatTheMessageIsMadeOfCannotBeNominatedAway() {
        HopByHop hostile = HopByHop.of(List.of("host, content-length, content-encoding"));

        assertThat(List.of("host", "content-length", "content-encoding")).noneMatch(hostile::contains);
    }
}
