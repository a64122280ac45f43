import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.ResponseCreateParams;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Lets the official client libraries for Java ask a server for streams: one JSON object {"name", "format", "url", "model"} a
 * line in, {"name", "message"} or {"name", "error"} a line out. Run with the libraries on the class path.
 */
public final class SdkClients {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SdkClients() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AnthropicClient anthropic = null;
        OpenAIClient openai = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode asked = JSON.readTree(line);
            if (anthropic == null) {
                String url = asked.get("url").asText();
                anthropic = AnthropicOkHttpClient.builder().apiKey("none").baseUrl(url).maxRetries(0).build();
                openai = OpenAIOkHttpClient.builder().apiKey("none").baseUrl(url + "/v1").maxRetries(0).build();
            }
            ObjectNode answer = JSON.createObjectNode().put("name", asked.get("name").asText());
            try {
                answer.set("message", JSON.readTree(heard(asked, anthropic, openai)));
            } catch (Exception failed) {
                answer.put("error", failed.toString());
            }
            out.println(answer);
        }
        System.exit(0);
    }

    private static String heard(JsonNode asked, AnthropicClient anthropic, OpenAIClient openai) throws Exception {
        String model = asked.get("model").asText();
        switch (asked.get("format").asText()) {
            case "anthropic-messages" -> {
                var accumulator = MessageAccumulator.create();
                var request = MessageCreateParams.builder().model(model).maxTokens(1000).addUserMessage("Hi").build();
                try (var stream = anthropic.messages().createStreaming(request)) {
                    stream.stream().forEach(accumulator::accumulate);
                }
                return com.anthropic.core.ObjectMappers.jsonMapper().writeValueAsString(accumulator.message());
            }
            case "openai-chat" -> {
                var accumulator = ChatCompletionAccumulator.create();
                var request = ChatCompletionCreateParams.builder()
                        .model(model)
                        .addUserMessage("Hi")
                        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
                try (var stream = openai.chat().completions().createStreaming(request)) {
                    stream.stream().forEach(accumulator::accumulate);
                }
                return com.openai.core.ObjectMappers.jsonMapper().writeValueAsString(accumulator.chatCompletion());
            }
            default -> {
                var accumulator = ResponseAccumulator.create();
                var request = ResponseCreateParams.builder().model(model).input("Hi").build();
                try (var stream = openai.responses().createStreaming(request)) {
                    stream.stream().forEach(accumulator::accumulate);
                }
                return com.openai.core.ObjectMappers.jsonMapper().writeValueAsString(accumulator.response());
            }
        }
    }
}
