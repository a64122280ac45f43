import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Many sessions of up to 60 turns, whose text nobody else has; the same again with the same seed. */
final class ManySessions {

    private final Random random;

    ManySessions(long seed) {
        this.random = new Random(seed);
    }

    /** Records at least so many exchanges; returns their ids. */
    List<ExchangeId> record(StoreFeed feed, int count) throws InterruptedException {
        List<ExchangeId> ids = new ArrayList<>();
        while (ids.size() < count) {
            converse(feed, ids);
        }
        feed.await();
        return ids;
    }

    private void converse(StoreFeed feed, List<ExchangeId> ids) throws InterruptedException {
        Headers headers = Headers.of("X-Claude-Code-Session-Id", new UUID(random.nextLong(), random.nextLong()).toString(),
                "User-Agent", "claude-cli/2.1.330 (external, cli)", "content-type", "application/json");
        StringBuilder messages = new StringBuilder();
        for (int turn = 2 + random.nextInt(60); turn > 0; turn--) {
            messages.append(messages.isEmpty() ? "" : ",").append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(words(300 + random.nextInt(3_000))).append("\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(words(200)).append("\"}]}");
            byte[] body = ("{\"model\":\"claude-opus-5-5\",\"messages\":[" + messages + "],\"max_tokens\":32000}").getBytes(StandardCharsets.UTF_8);
            byte[] answer = ("{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"" + words(400) + "\"}]}").getBytes(StandardCharsets.UTF_8);
            ids.add(feed.record(new StoreSession.Exchange(Instant.now(), headers, Headers.of("content-type", "application/json"), body, answer, 200)));
        }
    }

    /** Of a vocabulary of 20,000, each as frequent as the others, and one of 100,000,000 that hardly comes twice. */
    private String words(int length) {
        StringBuilder text = new StringBuilder("rare").append(random.nextInt(100_000_000)).append(' ');
        while (text.length() < length) {
            text.append(Integer.toString(random.nextInt(20_000), 36)).append(' ');
        }
        return text.toString();
    }
}
