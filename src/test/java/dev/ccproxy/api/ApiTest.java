package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.storage.SampleExchange;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts the API over an empty store for each test. */
abstract class ApiTest {

    static final Bytes REQUEST = Bytes.utf8("{\"model\":\"claude-opus-5-5\",\"max_tokens\":1.10,\"stream\":true}");
    static final Bytes STREAM = Bytes.utf8("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
            "model":"claude-opus-5-5","content":[],"stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

            event: message_stop
            data: {"type":"message_stop"}

            """);

    @TempDir
    Path folder;

    ApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ApiServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    SampleExchange record() throws InterruptedException {
        return record(REQUEST, STREAM);
    }

    SampleExchange record(Bytes request, Bytes answer) throws InterruptedException {
        SampleExchange sample = SampleExchange.now();
        sample.writeAll(server.writer(), request, answer);
        flush();
        return sample;
    }

    void flush() throws InterruptedException {
        assertThat(server.writer().flush(Duration.ofSeconds(30))).isTrue();
    }

    /** The JSON of a 200. */
    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The problem document of a failure. */
    JsonNode problem(String path, int status) throws Exception {
        return problem(server.get(path), status);
    }

    static JsonNode problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        return problem;
    }
}
