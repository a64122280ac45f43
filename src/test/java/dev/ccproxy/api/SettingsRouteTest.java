package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettingsRouteTest extends ApiTest {

    @Test
    void whatNobodySetHasItsDefaultAndWhatIsConfiguredIsLocked() throws Exception {
        assertThat(json("/api/settings").path("settings")).hasToString("""
                [{"name":"dashboard.theme","value":"system","locked":false,"origin":"default"},\
                {"name":"dashboard.saved_views","value":[],"locked":false,"origin":"default"},\
                {"name":"server.port","value":"3001","locked":true,"origin":"default"},\
                {"name":"log.level","value":"debug","locked":true,"origin":"environment LOG_LEVEL"}]""");
    }

    @Test
    void whatIsSetIsKeptAndCanBeTakenBack() throws Exception {
        String views = "[{\"name\":\"Failed\",\"q\":\"is:error -kind:title\"}]";
        JsonNode answer = changed("{\"dashboard.theme\":\"dark\",\"dashboard.saved_views\":" + views + "}");
        assertThat(answer).isEqualTo(json("/api/settings"));
        assertThat(answer.path("settings").path(0))
                .hasToString(
                        "{\"name\":\"dashboard.theme\",\"value\":\"dark\",\"locked\":false,\"origin\":\"dashboard\"}");
        assertThat(answer.path("settings").path(1).path("value")).hasToString(views);

        changed("{\"dashboard.theme\":\"light\"}");
        changed("{\"dashboard.theme\":null}");
        JsonNode settings = json("/api/settings").path("settings");
        assertThat(settings.path(0).path("value").asString()).isEqualTo("system");
        assertThat(settings.path(1).path("value")).hasToString(views);
    }

    @Test
    void whatIsNotRightChangesNothing() throws Exception {
        assertThat(refused("{\"dashboard.theme\":\"dark\",\"dashboard.thme\":1}"))
                .isEqualTo("`dashboard.thme` is no setting of the dashboard; did you mean `dashboard.theme`?");
        assertThat(refused("{\"log.level\":\"info\"}"))
                .isEqualTo("`log.level` is configured (environment LOG_LEVEL) and cannot be changed here.");
        assertThat(refused("{\"dashboard.theme\":\"pink\"}"))
                .isEqualTo("`dashboard.theme` must be one of \"system\", \"light\", \"dark\".");
        assertThat(refused("{\"dashboard.saved_views\":[{\"name\":\"x\",\"q\":\"modle:x\"}]}"))
                .isEqualTo("`dashboard.saved_views` must hold queries, which \"x\" is not: `modle` is no key.");
        assertThat(refused("{\"dashboard.saved_views\":[{\"name\":\"\",\"q\":\"x\"}]}"))
                .contains("1 to 60 characters");
        assertThat(refused("{\"dashboard.saved_views\":[1]}")).contains("objects of a \"name\" and a \"q\"");
        assertThat(refused("{\"dashboard.saved_views\":{}}")).contains("an array of at most 50");
        assertThat(refused("[]")).contains("no JSON object");
        assertThat(refused("{")).contains("no JSON object");
        assertThat(refused("{\"x\":\"" + "y".repeat(70_000) + "\"}")).contains("larger than 65536 bytes");
        assertThat(json("/api/settings").path("settings").path(0).path("value").asString())
                .isEqualTo("system");
    }

    private JsonNode changed(String body) throws Exception {
        HttpResponse<byte[]> answer = put(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private String refused(String body) throws Exception {
        HttpResponse<byte[]> answer = put(body);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(400);
        return JsonMapper.shared().readTree(answer.body()).path("detail").asString();
    }

    private HttpResponse<byte[]> put(String body) throws Exception {
        return server.send(server.request("GET", "/api/settings")
                .method("PUT", BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build());
    }
}
