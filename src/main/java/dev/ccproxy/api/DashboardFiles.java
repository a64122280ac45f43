package dev.ccproxy.api;

import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's page and its files, read once from the program's own resources. A closed list of names: no path that
 * a client sends ever reaches a file system.
 */
final class DashboardFiles {

    static final String ASSETS = "/assets/";

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "app.js", "text/javascript; charset=utf-8",
            "detail.js", "text/javascript; charset=utf-8",
            "format.js", "text/javascript; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml");

    /** Where the page names what clients are to be pointed at. */
    private static final String BASE_URL_PLACE = "{{clientBaseUrl}}";

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final ServiceState state;
    private final File page;
    private final Map<String, File> assets = new HashMap<>();

    private record File(String contentType, String etag, Bytes content) {

        static File of(String contentType, Bytes content) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.toByteArray());
                return new File(contentType, '"' + HexFormat.of().formatHex(digest, 0, 16) + '"', content);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    DashboardFiles(ServiceState state) {
        this.state = state;
        this.page = read("index.html", "text/html; charset=utf-8");
        CONTENT_TYPES.forEach((name, contentType) -> assets.put(name, read(name, contentType)));
    }

    /** The one page, whichever of its paths was asked for. */
    Answer page(Call call) {
        String host =
                PORT.matcher(call.headers().first("Host").orElse("localhost")).replaceFirst("");
        String text = page.content().utf8().replace(BASE_URL_PLACE, escaped(state.clientBaseUrl(host)));
        return answer(call, File.of(page.contentType(), Bytes.utf8(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** A file under {@link #ASSETS}. */
    Answer asset(Call call) {
        String name = call.path().substring(ASSETS.length());
        return answer(call, assets.get(name));
    }

    private static Answer answer(Call call, @Nullable File file) {
        if (file == null) {
            return Problem.noSuchFile(call.path()).answer();
        }
        // The names stay the same in every version: a browser keeps the file, but asks each time whether it changed.
        Headers headers =
                Headers.of("Content-Type", file.contentType(), "ETag", file.etag(), "Cache-Control", "no-cache");
        boolean known = call.headers()
                .first("If-None-Match")
                .filter(file.etag()::equals)
                .isPresent();
        return known ? new Answer.Full(304, headers, Bytes.EMPTY) : new Answer.Full(200, headers, file.content());
    }

    private static File read(String name, String contentType) {
        try (InputStream stream = DashboardFiles.class.getResourceAsStream("/web/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the program was built without web/" + name);
            }
            return File.of(contentType, Bytes.wrap(stream.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
