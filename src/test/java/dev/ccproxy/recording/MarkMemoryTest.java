package dev.ccproxy.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.anthropic.ReadingMark;
import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkMemoryTest {

    private static final Headers NAMELESS = Headers.of("content-type", "application/json");

    private final MarkMemory memory = new MarkMemory(100_000);

    @Test
    void aRequestIsReadOnFromTheLastOfItsThread() {
        Headers agent = Headers.of("x-claude-code-session-id", "s", "x-claude-code-agent-id", "a");
        List<ReadingMark> marks = marks("once");
        memory.remember(agent, body("once"), marks);

        assertThat(memory.of(agent, body("other"))).isSameAs(marks);
        assertThat(memory.of(Headers.of("x-claude-code-session-id", "s"), body("once")))
                .isEmpty();
    }

    @Test
    void withoutASessionTheBeginningOfTheBodyCounts() {
        List<ReadingMark> marks = marks("once");
        memory.remember(NAMELESS, body("once"), marks);

        assertThat(memory.of(NAMELESS, Bytes.utf8(body("once").utf8() + " "))).isSameAs(marks);
        assertThat(memory.of(NAMELESS, body("other"))).isEmpty();
        assertThat(memory.of(NAMELESS, Bytes.EMPTY)).isEmpty();
    }

    @Test
    void theLatestMarksCountAndNoneChangeNothing() {
        memory.remember(NAMELESS, body("once"), marks("once"));
        List<ReadingMark> latest = marks("once");
        memory.remember(NAMELESS, body("once"), latest);
        memory.remember(NAMELESS, body("once"), List.of());

        assertThat(memory.of(NAMELESS, body("once"))).isSameAs(latest);
    }

    private static List<ReadingMark> marks(String model) {
        return RequestFacts.of(body(model)).orElseThrow().conversation().marks();
    }

    private static Bytes body(String model) {
        String padding = "x".repeat(600);
        return Bytes.utf8("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + padding
                + "\"},{\"role\":\"assistant\",\"content\":\"Yes.\"},{\"role\":\"user\",\"content\":\"Go on.\"}]}");
    }
}
