import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A recorded or generated session, read an exchange at a time. */
final class StoreSession {

    private static final Json JSON = new Json();

    record Exchange(Instant at, Headers requestHeaders, Headers responseHeaders, byte[] request, byte[] answer, int status) {
        long wireBytes() {
            return bytes(requestHeaders) + bytes(responseHeaders) + request.length + answer.length;
        }
    }

    interface Taker {
        void take(Exchange exchange) throws Exception;
    }

    private StoreSession() {}

    /** A folder with {@code index.tsv}, {@code NNNNNN.req} and {@code NNNNNN.resp}, or a file with an exchange of JSON a line. */
    static void read(Path session, Taker taker) throws Exception {
        if (Files.isDirectory(session)) {
            List<String> lines = Files.readAllLines(session.resolve("index.tsv"));
            for (String line : lines.subList(1, lines.size())) {
                taker.take(generated(session, line.split("\t", -1)));
            }
        } else {
            for (String line : Files.readAllLines(session)) {
                taker.take(recorded(JSON.tree(line).orElseThrow()));
            }
        }
    }

    private static Exchange generated(Path session, String[] columns) throws IOException {
        String number = String.format("%06d", Integer.parseInt(columns[0]));
        List<Header> request = new ArrayList<>(headers(columns[15]));
        if (columns[3].contains("/agent-")) {
            request.add(new Header("x-claude-code-agent-id", columns[3].substring(columns[3].indexOf("agent-"))));
        }
        return new Exchange(Instant.ofEpochMilli(Long.parseLong(columns[5])), new Headers(request),
                new Headers(headers(columns[16])), Files.readAllBytes(session.resolve(number + ".req")),
                Files.readAllBytes(session.resolve(number + ".resp")), Integer.parseInt(columns[8]));
    }

    private static List<Header> headers(String base64) {
        List<Header> headers = new ArrayList<>();
        for (String line : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).split("\r?\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.add(new Header(line.substring(0, colon), line.substring(colon + 2)));
            }
        }
        return headers;
    }

    private static Exchange recorded(JsonNode line) {
        List<Header> request = new ArrayList<>();
        JsonNode raw = line.path("rawHeaders");
        for (int i = 0; i + 1 < raw.size(); i += 2) {
            request.add(new Header(raw.get(i).asString(), raw.get(i + 1).asString()));
        }
        List<Header> response = new ArrayList<>();
        for (var each : line.path("response").path("headers").properties()) {
            response.add(new Header(each.getKey(), each.getValue().asString()));
        }
        StringBuilder answer = new StringBuilder();
        for (JsonNode event : line.path("response").path("events")) {
            answer.append("event: ").append(event.path("event").asString()).append("\ndata: ").append(event.path("data")).append("\n\n");
        }
        return new Exchange(Instant.parse(line.path("ts").asString()), new Headers(request), new Headers(response),
                JSON.write(line.path("body")).toByteArray(), answer.toString().getBytes(StandardCharsets.UTF_8),
                line.path("response").path("status").asInt());
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.name().length() + header.value().length() + 4;
        }
        return bytes;
    }
}
