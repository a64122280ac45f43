package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    @Test
    void thePageNamesThePortThatWasBoundAndNotTheOneThatWasAskedFor() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {});
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream, "server.port", "0");
                RawClient browser = RawClient.connect(proxy.dashboardPort())) {
            assertThat(browser.get("/").read("GET").text()).contains("http://127.0.0.1:" + proxy.port());
        }
    }
}
