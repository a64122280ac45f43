package dev.ccproxy.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.Losses;
import dev.ccproxy.storage.SampleExchange;
import org.junit.jupiter.api.Test;

class LostExchangesTest {

    private final Losses losses = new Losses("test", System::nanoTime);
    private final LostExchanges lost = new LostExchanges(losses);

    @Test
    void anExchangeCountsOnceHoweverManyOfItsEventsAreLost() {
        SampleExchange whole = SampleExchange.now();
        lost.add(whole.begun(), "why");
        lost.add(whole.request(Bytes.utf8("{}")), "why");
        lost.add(whole.ended(Bytes.EMPTY), "why");
        assertThat(losses.exchanges()).isEqualTo(1);

        lost.add(SampleExchange.now().ended(Bytes.EMPTY), "why");
        lost.add(SampleExchange.now().begun(), "why");
        assertThat(losses.exchanges()).isEqualTo(3);
    }
}
