package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardFilesTest extends ApiTest {

    @Test
    void everyPagePathGivesThePage() throws Exception {
        String page = page("/");
        assertThat(page).startsWith("<!doctype html>");
        assertThat(page("/requests")).isEqualTo(page);
        assertThat(page("/requests/019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d?tab=raw"))
                .isEqualTo(page);
    }

    @Test
    void thePageNamesWhatClientsAreToBePointedAt() throws Exception {
        assertThat(page("/")).contains("content=\"http://localhost:3001\"").doesNotContain("{{");
    }

    @Test
    void everythingThePageAsksForIsThereAndNothingIsInline() throws Exception {
        String page = page("/");
        List<String> files = Pattern.compile("(?:src|href)=\"(/assets/[^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(files).contains("/assets/app.js", "/assets/style.css");
        for (String file : files) {
            assertThat(server.get(file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(page)
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style", " style=", " onclick", "javascript:", "http-equiv");
    }

    @Test
    void theScriptsNeverMakeMarkupOfContent() throws Exception {
        for (String file : List.of("app.js", "detail.js", "format.js")) {
            assertThat(server.get("/assets/" + file).body())
                    .as(file)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style.");
        }
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        for (String path : List.of("/", "/assets/app.js")) {
            String etag = server.get(path).headers().firstValue("etag").orElseThrow();
            HttpResponse<byte[]> again = server.send(
                    server.request("GET", path).header("If-None-Match", etag).build());
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    private String page(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        return answer.body();
    }
}
