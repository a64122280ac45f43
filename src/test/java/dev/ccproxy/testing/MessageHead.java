package dev.ccproxy.testing;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of an HTTP/1.1 message as it stood on the wire.
 *
 * @param raw every byte of it, with the empty line
 * @param startLine such as {@code POST /v1/messages?beta=true HTTP/1.1} or {@code HTTP/1.1 529 Overloaded}
 */
public record MessageHead(Bytes raw, String startLine, Headers headers) {

    static MessageHead parse(Bytes raw) {
        List<String> lines =
                text(raw).lines().takeWhile(line -> !line.isEmpty()).toList();
        List<Header> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.add(
                    colon < 0
                            ? new Header(line, "")
                            : new Header(
                                    line.substring(0, colon),
                                    line.substring(colon + 1).strip()));
        }
        return new MessageHead(raw, lines.getFirst(), new Headers(headers));
    }

    public String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    /** The request target, exactly. */
    public String target() {
        return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    }

    /** The target up to its query. */
    public String path() {
        String target = target();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    public int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    /** The reason phrase, exactly; empty when there is none. */
    public String reason() {
        String[] parts = startLine.split(" ", 3);
        return parts.length < 3 ? "" : parts[2];
    }

    /** The value of a header that must be there. */
    public String header(String name) {
        return headers.first(name).orElseThrow(() -> new AssertionError("no header " + name + " in\n" + text(raw)));
    }

    /** The header lines exactly as they were sent, without the start line. */
    public List<String> lines() {
        return text(raw).lines().skip(1).takeWhile(line -> !line.isEmpty()).toList();
    }

    /** For people. */
    public String text() {
        return text(raw);
    }

    private static String text(Bytes raw) {
        return new String(raw.toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
