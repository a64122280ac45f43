package dev.ccproxy.api;

import static dev.ccproxy.testing.SessionFileFixture.AGENT;
import static dev.ccproxy.testing.SessionFileFixture.PROJECT;
import static dev.ccproxy.testing.SessionFileFixture.SESSION;
import static dev.ccproxy.testing.SessionFileFixture.block;
import static dev.ccproxy.testing.SessionFileFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.testing.SessionFileFixture;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConversationsTest extends ApiTest {

    private SessionFileFixture files;

    @BeforeEach
    void make() {
        files = new SessionFileFixture(folder.resolve("claude"));
    }

    private void writeSession() throws Exception {
        files.add(
                files.session(),
                user("01", "Mend the till"),
                "{\"type\":\"queue-operation\",\"operation\":\"enqueue\"}",
                "{broken",
                block("02", "msg_1", "req_1", "One", 1),
                block("03", "msg_1", "req_1", "Two", 40));
        files.add(files.subagent(), block("04", "msg_2", "req_2", "Three", 2));
        files.notes(
                "{\"agentType\":\"code-reviewer\",\"description\":\"Review\",\"toolUseId\":\"toolu_1\",\"spawnDepth\":1}");
    }

    @Test
    void theListHasTheFormOfTheOriginal() throws Exception {
        writeSession();
        assertThat(json("/api/conversations")).hasToString("""
                {"conversations":[{"id":"%s","requestCount":4,"startTime":"2026-11-24T08:00:01Z",\
                "lastActivity":"2026-11-24T08:00:03Z","duration":2000,"firstMessage":"Mend the till",\
                "projectName":"%s"}],"more":false}""".formatted(SESSION, PROJECT));
    }

    @Test
    void pagesLeadThroughAllSessionsWrittenToLastFirst() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 10; i < 33; i++) {
            Path file = files.session("-project" + i % 3, "session" + i);
            files.add(file, user("01", "x".repeat(300)));
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + i)));
            expected.addFirst("session" + i);
        }
        List<String> read = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            JsonNode given = json("/api/conversations?page=" + page + "&limit=10&ignored=1");
            assertThat(given.path("more").asBoolean()).isEqualTo(page < 3);
            given.path("conversations").forEach(row -> read.add(row.path("id").asString()));
            assertThat(given.at("/conversations/0/firstMessage").asString()).hasSizeLessThanOrEqualTo(203);
        }
        assertThat(read).isEqualTo(expected);
        assertThat(json("/api/conversations?page=9")).hasToString("{\"conversations\":[],\"more\":false}");
    }

    @Test
    void oneSessionHasTheFormOfTheOriginal() throws Exception {
        writeSession();
        JsonNode session = json("/api/conversations/" + SESSION + "?project=" + PROJECT);
        assertThat(session.path("sessionId").asString()).isEqualTo(SESSION);
        assertThat(session.path("projectPath").asString()).isEqualTo(PROJECT);
        assertThat(session.path("messageCount").asInt()).isEqualTo(4);
        assertThat(session.path("startTime").asString()).isEqualTo("2026-11-24T08:00:01Z");
        assertThat(session.path("messages")).hasSize(4);
        assertThat(session.path("messages").get(0)).hasToString("""
                {"isSidechain":false,"userType":"external","cwd":"/home/alice/shop","sessionId":"%s","version":"2.1.330",\
                "type":"user","message":{"role":"user","content":"Mend the till"},"uuid":"u01",\
                "timestamp":"2026-11-24T08:00:01.000Z"}""".formatted(SESSION));
        assertThat(session.at("/messages/1/type").asString()).isEqualTo("queue-operation");
        assertThat(session.at("/messages/3/message/usage/output_tokens").asInt())
                .isEqualTo(40);
        assertThat(OpenApiTest.schema(json("/openapi.json"), "#/components/schemas/Conversation")
                        .validate(session))
                .isEmpty();
    }

    @Test
    void aProjectGivesAllItsSessions() throws Exception {
        writeSession();
        files.add(files.session(PROJECT, "second"), user("05", "More"));
        Files.setLastModifiedTime(
                files.session(PROJECT, "second"), FileTime.from(Instant.now().plusSeconds(60)));
        HttpResponse<String> answer = server.get("/api/conversations/project?project=" + PROJECT);
        JsonNode all = JsonMapper.shared().readTree(answer.body());
        assertThat(all.findValuesAsString("projectPath")).containsExactly(PROJECT, PROJECT);
        assertThat(all.at("/0/sessionId").asString()).isEqualTo("second");
        assertThat(all.at("/1/messages")).hasSize(4);
        assertThat(problem("/api/conversations/project?project=-nowhere", 404)
                        .path("type")
                        .asString())
                .isEqualTo("urn:ccproxy:problem:unknown-project");
        problem("/api/conversations/project", 404);
    }

    @Test
    void theSummaryTellsAgentsAndTokensOnce() throws Exception {
        writeSession();
        JsonNode summary = json("/api/conversations/" + SESSION + "/summary");
        assertThat(summary.path("firstPrompt").asString()).isEqualTo("Mend the till");
        assertThat(summary.at("/file/types")).hasToString("{\"assistant\":2,\"queue-operation\":1,\"user\":1}");
        assertThat(summary.at("/file/broken").asInt()).isEqualTo(1);
        assertThat(summary.at("/file/answers").asInt()).isEqualTo(1);
        assertThat(summary.at("/agents/0/id").asString()).isEqualTo(AGENT);
        assertThat(summary.at("/agents/0/type").asString()).isEqualTo("code-reviewer");
        assertThat(summary.at("/agents/0/toolUseId").asString()).isEqualTo("toolu_1");
        assertThat(summary.path("tokens")).hasToString("""
                [{"model":"claude-opus-5-5","answers":2,"input":6,"read":200,"write5m":10,"write1h":14,"out":42}]""");
    }

    @Test
    void recordsComeAsTheyWereWrittenAndNewOnesWithTheLastCursor() throws Exception {
        writeSession();
        String path = "/api/conversations/" + SESSION + "/records";
        JsonNode first = json(path + "?limit=3");
        assertThat(first.path("items")).hasSize(3);
        assertThat(first.at("/items/1/record")).hasToString("{\"type\":\"queue-operation\",\"operation\":\"enqueue\"}");
        assertThat(first.path("more").asBoolean()).isTrue();
        JsonNode rest = json(path + "?cursor=" + first.path("next").asString());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("more").asBoolean()).isFalse();

        String behind = path + "?cursor=" + rest.path("next").asString();
        assertThat(json(behind).path("items")).isEmpty();
        files.append(files.session(), "{\"type\":\"mode\",");
        assertThat(json(behind).path("items")).as("half a line").isEmpty();
        files.append(files.session(), "\"mode\":\"plan\"}\n");
        assertThat(json(behind).at("/items/0/record")).hasToString("{\"type\":\"mode\",\"mode\":\"plan\"}");
        assertThat(json(path + "?agent=" + AGENT).path("items")).hasSize(1);
        problem(path + "?agent=nobody", 404);
    }

    @Test
    void longTextsAreReplacedByWhereToReadThem() throws Exception {
        files.add(files.session(), user("01", "y".repeat(70_000)));
        JsonNode text = json("/api/conversations/" + SESSION + "/records").at("/items/0/record/message/content");
        assertThat(text.path("bytes").asInt()).isEqualTo(70_000);
        JsonNode whole = json(text.path("href").asString());
        assertThat(whole.at("/items/0/record/message/content").asString()).hasSize(70_000);
    }

    @Test
    void theSwitchTurnsEverythingOff() throws Exception {
        writeSession();
        Path other = Files.createDirectories(folder.resolve("other"));
        try (ApiServer off = new ApiServer(
                other,
                "transcripts.enabled",
                "false",
                "transcripts.dir",
                folder.resolve("claude").toString())) {
            for (String path : List.of(
                    "",
                    "/" + SESSION,
                    "/project?project=" + PROJECT,
                    "/" + SESSION + "/summary",
                    "/" + SESSION + "/records",
                    "/" + SESSION + "/exchanges")) {
                HttpResponse<String> answer = off.get("/api/conversations" + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.body()).contains("transcripts-off").doesNotContain("Mend the till");
            }
        }
    }

    @Test
    void nobodyIsShownThemWhereOthersCanReachThePortAndNobodyIsConfigured() throws Exception {
        writeSession();
        Path other = Files.createDirectories(folder.resolve("other"));
        try (ApiServer open = new ApiServer(
                other,
                "server.host",
                "0.0.0.0",
                "auth.enabled",
                "true",
                "auth.token",
                "secret",
                "transcripts.dir",
                folder.resolve("claude").toString())) {
            for (String path : List.of("", "/" + SESSION, "/project?project=" + PROJECT, "/" + SESSION + "/records")) {
                HttpResponse<String> answer = open.get("/api/conversations" + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(answer.body()).doesNotContain("Mend the till");
            }
        }
    }

    @Test
    void namesThatLeadElsewhereAreUnknown() throws Exception {
        writeSession();
        Files.writeString(folder.resolve("secret.jsonl"), "{\"secret\":true}\n");
        for (String path : List.of(
                "/..%2f..%2f..%2fsecret",
                "/..%2f..%2f..%2fsecret/records",
                "/secret?project=..%2f..",
                "/secret/records?project=..%2f..",
                "/project?project=..",
                "/project?project=%2f",
                "/" + SESSION + "/records?agent=..%2f..%2f" + SESSION)) {
            assertThat(server.get("/api/conversations" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void filesAndExchangesAreJoinedByRequestIdAndMessageId() throws Exception {
        writeSession();
        String exchange = record().id().toString();
        JsonNode joined = json("/api/conversations/" + SESSION + "/exchanges");
        assertThat(joined.path("counts")).hasToString("{\"both\":1,\"wire\":0,\"files\":1,\"unexplained\":0}");
        JsonNode both = json("/api/conversations/" + SESSION + "/exchanges?in=both")
                .path("items")
                .get(0);
        assertThat(both.path("exchange").asString()).isEqualTo(exchange);
        assertThat(both.path("by").asString()).isEqualTo("request_id");
        assertThat(both.path("messageId").asString()).isEqualTo("msg_1");
        JsonNode alone = json("/api/conversations/" + SESSION + "/exchanges?in=files")
                .path("items")
                .get(0);
        assertThat(alone.path("agentId").asString()).isEqualTo(AGENT);
        assertThat(alone.path("requestId").asString()).isEqualTo("req_2");
        assertThat(json("/api/conversations/" + SESSION + "/exchanges?in=wire").path("items"))
                .isEmpty();
        problem("/api/conversations/" + SESSION + "/exchanges?in=nowhere", 400);
    }
}
