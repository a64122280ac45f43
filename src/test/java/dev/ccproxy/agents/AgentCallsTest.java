package dev.ccproxy.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeObserver;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.testing.AnthropicScript;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who was called with what, told by the answers as they pass. */
class AgentCallsTest {

    private static final AnthropicScript CALLING = AnthropicScript.message("msg_1", "claude-opus-5-5")
            .text("I ask.")
            .toolUse("toolu_1", "Agent", "{\"prompt\":\"Look at a.\",\"subagent_type\":\"reviewer\"}")
            .toolUse("toolu_2", "Agent", "{\"prompt\":\"Look around.\",\"description\":\"x\"}")
            .toolUse("toolu_3", "Bash", "{\"prompt\":\"ls\",\"subagent_type\":\"no agent\"}");

    private final AgentCalls calls = new AgentCalls(1 << 20);

    private static ExchangeObserver answer(AgentCalls calls, String session, String contentType) {
        ExchangeObserver observer = calls.opened(new Opened(
                ExchangeId.next(Instant.EPOCH),
                Instant.EPOCH,
                0,
                "POST",
                "/v1/messages?beta=true",
                "::1",
                null,
                new Headers(List.of(new Header("X-Claude-Code-Session-Id", session))),
                "anthropic"));
        Headers head = new Headers(List.of(new Header("content-type", contentType)));
        observer.on(new ExchangeEvent.ResponseHead(200, head, false, 0));
        return observer;
    }

    private static void give(ExchangeObserver observer, String text) {
        observer.on(new ExchangeEvent.ResponseBytes(Bytes.utf8(text), 0));
    }

    @Test
    void aCallIsKnownAsSoonAsItHasCome() {
        ExchangeObserver observer = answer(calls, "s", "text/event-stream; charset=utf-8");
        String stream = String.join("", CALLING.events());
        int half = stream.indexOf("toolu_2");
        give(observer, stream.substring(0, half));

        assertThat(calls.calledWith("s", List.of("Look at a."))).contains("reviewer");
        assertThat(calls.calledWith("s", List.of("Look around."))).isEmpty();
        give(observer, stream.substring(half));
        assertThat(calls.calledWith("s", List.of("a reminder", "Look around.\n")))
                .contains("general-purpose");
        assertThat(calls.calledWith("s", List.of("ls", " "))).isEmpty();
    }

    @Test
    void anAnswerThatIsNoStreamTellsTheSame() {
        give(answer(calls, "s", "application/json"), CALLING.json());

        assertThat(calls.calledWith("s", List.of("Look at a."))).contains("reviewer");
        assertThat(calls.calledWith("another", List.of("Look at a."))).isEmpty();
    }

    @Test
    void theOldestAnswersGoFirst() {
        AgentCalls few = new AgentCalls(CALLING.json().length() + 10L);
        give(answer(few, "old", "application/json"), CALLING.json());
        give(answer(few, "new", "application/json"), CALLING.json());

        assertThat(few.calledWith("old", List.of("Look at a."))).isEmpty();
        assertThat(few.calledWith("new", List.of("Look at a."))).contains("reviewer");
    }
}
