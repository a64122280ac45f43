package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.storage.SampleExchange;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CancelExchangeTest extends ApiTest {

    @Test
    void aRunningExchangeIsCancelledOnce() throws Exception {
        SampleExchange sample = SampleExchange.now();
        server.writer().write(sample.begun());
        flush();
        server.running.add(sample.id());
        HttpResponse<byte[]> first = cancel(sample.id());
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(new String(first.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"" + sample.id() + "\",\"cancelling\":true}");
        assertThat(server.running).isEmpty();
        assertThat(cancel(sample.id()).statusCode()).isEqualTo(409);
    }

    @Test
    void whatHasEndedOrIsUnknownIsNotCancelled() throws Exception {
        assertThat(cancel(record().id()).statusCode()).isEqualTo(409);
        assertThat(cancel(ExchangeId.next(Instant.now())).statusCode()).isEqualTo(404);
    }

    private HttpResponse<byte[]> cancel(ExchangeId id) throws Exception {
        return server.send("POST", "/api/exchanges/" + id + "/cancel");
    }
}
