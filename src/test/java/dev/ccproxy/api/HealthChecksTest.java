package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeId;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HealthChecksTest extends ApiTest {

    @Test
    void aProgramThatTakesWorkIsHealthyAndReady() throws Exception {
        assertThat(json("/health").path("status").asString()).isEqualTo("healthy");
        assertThat(json("/readyz").path("status").asString()).isEqualTo("ready");
        assertThat(Instant.parse(json("/health").path("timestamp").asString()))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void aStartingProgramIsHealthyButNotReady() throws Exception {
        server.phase = ServiceState.Phase.STARTING;
        assertThat(json("/health").path("status").asString()).isEqualTo("healthy");
        assertThat(refused("/readyz").path("status").asString()).isEqualTo("starting");
    }

    @Test
    void aDrainingProgramIsNeitherButLives() throws Exception {
        server.phase = ServiceState.Phase.DRAINING;
        assertThat(refused("/health").path("status").asString()).isEqualTo("draining");
        assertThat(refused("/readyz").path("status").asString()).isEqualTo("draining");
        assertThat(json("/livez").path("draining").asBoolean()).isTrue();
    }

    @Test
    void livezTellsHowBusyItIsAndHowRecordingFares() throws Exception {
        server.running.add(ExchangeId.next(Instant.now()));
        JsonNode live = json("/livez");
        assertThat(live.path("in_flight").asLong()).isEqualTo(1);
        assertThat(live.at("/recording/state").asString()).isEqualTo("recording");
        assertThat(live.at("/recording/queued_bytes").isIntegralNumber()).isTrue();
        assertThat(live.at("/recording/dropped").asLong()).isZero();
    }

    private JsonNode refused(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(503);
        return JsonMapper.shared().readTree(answer.body());
    }
}
