package dev.ccproxy.api;

import dev.ccproxy.api.route.Problem;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The dashboard's page and its files, read once from the program's own resources. The build wrote down their names: a
 * closed list, so no path that a client sends ever reaches a file system. A program that was built without the dashboard
 * has a plain page that says so. Immutable.
 */
final class DashboardFiles {

    static final String ASSETS = "/assets/";

    private static final String FOLDER = "/web/";

    /** Written by the build: one name a line, encoded variants left out. */
    private static final String LIST = FOLDER + "files.txt";

    private static final String PAGE = "index.html";

    /** Where a page names what clients are to be pointed at. */
    private static final String BASE_URL_PLACE = "{{clientBaseUrl}}";

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final ServiceState state;
    private final String page;
    private final Map<String, DashboardFile> assets = new HashMap<>();

    DashboardFiles(ServiceState state) {
        this.state = state;
        List<String> names =
                resource(LIST).map(list -> list.utf8().lines().toList()).orElse(List.of());
        this.page = (names.contains(PAGE) ? needed(FOLDER + PAGE) : needed("no-dashboard.html")).utf8();
        names.stream()
                .map(name -> "/" + name)
                .filter(name -> name.startsWith(ASSETS))
                .forEach(name -> assets.put(name, read(name)));
    }

    /** The one page, whichever of its paths was asked for. */
    Answer page(Call call) {
        String host =
                PORT.matcher(call.headers().first("Host").orElse("localhost")).replaceFirst("");
        String text = page.replace(BASE_URL_PLACE, escaped(state.clientBaseUrl(host)));
        return DashboardFile.page(text).answer(call);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** A file under {@link #ASSETS}; one of another version is missing, and the page that asked has to reload. */
    Answer asset(Call call) {
        DashboardFile file = assets.get(call.path());
        return file == null ? Problem.noSuchFile(call.path()).answer() : file.answer(call);
    }

    private static DashboardFile read(String path) {
        String name = FOLDER + path.substring(1);
        List<DashboardFile.Variant> variants = new ArrayList<>();
        resource(name + ".br").ifPresent(content -> variants.add(DashboardFile.Variant.of("br", content)));
        resource(name + ".gz").ifPresent(content -> variants.add(DashboardFile.Variant.of("gzip", content)));
        variants.add(DashboardFile.Variant.of("", needed(name)));
        return new DashboardFile(DashboardFile.contentTypeOf(path), DashboardFile.IMMUTABLE, variants);
    }

    private static Bytes needed(String name) {
        return resource(name).orElseThrow(() -> new IllegalStateException("the program was built without " + name));
    }

    private static Optional<Bytes> resource(String name) {
        try (InputStream stream = DashboardFiles.class.getResourceAsStream(name)) {
            return stream == null ? Optional.empty() : Optional.of(Bytes.wrap(stream.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
