package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DashboardFilesTest extends ApiTest {

    @Test
    void everyPagePathGivesThePage() throws Exception {
        String page = page("/");
        assertThat(page).startsWith("<!doctype html>");
        assertThat(page("/requests")).isEqualTo(page);
        assertThat(page("/requests/019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d?tab=raw"))
                .isEqualTo(page);
        assertThat(page("/conversations?session=a")).isEqualTo(page);
        assertThat(page("/limits")).isEqualTo(page);
        assertThat(page("/sessions")).isEqualTo(page);
        assertThat(page("/sessions/9b3a0960-95a0-45e7-99d8-b2267a541ba9")).isEqualTo(page);
        assertThat(page("/insights")).isEqualTo(page);
        assertThat(page("/prompts")).isEqualTo(page);
        assertThat(page("/prompts/system-0123456789abcdef")).isEqualTo(page);
        assertThat(page("/routes")).isEqualTo(page);
        assertThat(page("/settings")).isEqualTo(page);
    }

    @Test
    void aMistypedIdGivesThePageToo() throws Exception {
        assertThat(page("/requests/no-such-id")).isEqualTo(page("/"));
    }

    @Test
    void thePageNamesWhatClientsAreToBePointedAt() throws Exception {
        assertThat(page("/")).contains("content=\"http://localhost:3001\"").doesNotContain("{{");
    }

    @Test
    void everythingThePageAsksForIsThereAndNothingIsInline() throws Exception {
        for (String file : files()) {
            HttpResponse<String> answer = server.get(file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("cache-control"))
                    .as(file)
                    .hasValue("public, max-age=31536000, immutable");
        }
        assertThat(page("/"))
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style", " style=", " onclick", "javascript:", "http-equiv");
    }

    @Test
    void aFileIsSentInTheBestEncodingThatTheBrowserTakes() throws Exception {
        String script = script();
        HttpResponse<byte[]> plain = server.send("GET", script);
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();

        HttpResponse<byte[]> zipped = encoded(script, "br;q=0, gzip");
        assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(zipped.headers().firstValue("vary")).hasValue("Accept-Encoding");
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(content.readAllBytes()).isEqualTo(plain.body());
        }

        HttpResponse<byte[]> best = encoded(script, "gzip, deflate, br");
        assertThat(best.headers().firstValue("content-encoding")).hasValue("br");
        assertThat(best.body()).hasSizeLessThan(zipped.body().length);
        assertThat(etag(plain)).isNotEqualTo(etag(zipped)).isNotEqualTo(etag(best));
    }

    @Test
    void aFileOfAnotherVersionIsMissingAndNotKept() throws Exception {
        HttpResponse<String> answer = server.get("/assets/index-0ld.js");
        problem(answer, 404);
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        for (String path : List.of("/", script())) {
            String etag = server.get(path).headers().firstValue("etag").orElseThrow();
            HttpResponse<byte[]> again = server.send(server.request("GET", path)
                    .header("If-None-Match", "\"other\", " + etag)
                    .build());
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    private HttpResponse<byte[]> encoded(String path, String acceptEncoding) throws Exception {
        return server.send(server.request("GET", path)
                .header("Accept-Encoding", acceptEncoding)
                .build());
    }

    private static String etag(HttpResponse<?> answer) {
        return answer.headers().firstValue("etag").orElseThrow();
    }

    private String script() throws Exception {
        return files().stream()
                .filter(file -> file.matches("/assets/index-.*\\.js"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> files() throws Exception {
        assumeThat(dashboardIsBuilt()).as("the dashboard was built").isTrue();
        return Pattern.compile("(?:src|href)=\"(/assets/[^\"]*)\"")
                .matcher(page("/"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    static boolean dashboardIsBuilt() {
        return DashboardFiles.class.getResource("/web/files.txt") != null;
    }

    /** A path of a file of the dashboard, or of one that is not there when the dashboard was not built. */
    static String anyAsset() throws Exception {
        try (InputStream list = DashboardFiles.class.getResourceAsStream("/web/files.txt")) {
            return list == null
                    ? "none.js"
                    : new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(name -> name.startsWith("assets/"))
                            .map(name -> name.substring("assets/".length()))
                            .findFirst()
                            .orElseThrow();
        }
    }

    private String page(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        return answer.body();
    }
}
