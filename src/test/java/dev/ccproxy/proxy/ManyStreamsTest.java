package dev.ccproxy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.Ending;
import dev.ccproxy.testing.FakeUpstream;
import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.ProxyUnderTest;
import dev.ccproxy.testing.RawClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ManyStreamsTest {

    private static final int STREAMS = 400;

    /** All are open at once before the first may end; each gets its own bytes and every one is recorded. */
    @Test
    void hundredsOfStreamsRunSideBySide() throws Exception {
        CountDownLatch allOpen = new CountDownLatch(STREAMS);
        try (FakeUpstream upstream = FakeUpstream.start((request, reply) -> {
                    String name = request.body().utf8();
                    reply.stream().chunk("data: first of " + name + "\n\n");
                    allOpen.countDown();
                    reply.pauseUntil(allOpen)
                            .chunk("data: last of " + name + "\n\n")
                            .lastChunk();
                });
                ProxyUnderTest proxy = ProxyUnderTest.to(upstream)) {
            Map<String, RawClient> clients = new HashMap<>();
            for (int i = 0; i < STREAMS; i++) {
                String name = "stream " + i;
                clients.put(name, proxy.client().post("/v1/messages", name));
            }
            List<String> wrong = new ArrayList<>();
            for (Map.Entry<String, RawClient> each : clients.entrySet()) {
                try (RawClient client = each.getValue()) {
                    MessageHead head = client.readHead();
                    RawClient.Received answer = client.readBody(head, "POST");
                    String name = each.getKey();
                    if (answer.ending() != Ending.WHOLE
                            || !answer.text().equals("data: first of " + name + "\n\ndata: last of " + name + "\n\n")) {
                        wrong.add(name + ": " + answer.text());
                    }
                }
            }

            assertThat(wrong).isEmpty();
            Map<String, Long> outcomes = proxy.recorded().awaitEnded(STREAMS).stream()
                    .map((JsonNode line) -> line.get("outcome").asString())
                    .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
            assertThat(outcomes).isEqualTo(Map.of("completed", (long) STREAMS));
        }
    }
}
