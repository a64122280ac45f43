package dev.ccproxy.fuzz;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.http.HopByHop;
import dev.ccproxy.http.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Any lines: no fixed hop-by-hop header passes, and redaction keeps names, order and what it has redacted before. */
public final class HeadersTarget {

    private static final Redaction REDACTION = new Redaction(Bytes.utf8("a key for fuzzing"), "x-api-key");

    private HeadersTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Header> lines = new ArrayList<>();
        new String(input, StandardCharsets.ISO_8859_1)
                .lines()
                .map(HeadersTarget::line)
                .forEach(lines::add);
        Headers headers = new Headers(lines);
        HopByHop hopByHop = HopByHop.of(headers.all("connection"));
        if (!hopByHop.contains("Connection") || hopByHop.contains("Host") || hopByHop.contains("content-length")) {
            throw new AssertionError("nominated away: " + headers.all("connection"));
        }
        Headers redacted = REDACTION.headers(headers);
        for (int i = 0; i < lines.size(); i++) {
            if (!redacted.lines().get(i).name().equals(lines.get(i).name())) {
                throw new AssertionError("another name at " + i);
            }
        }
        if (headers.first("authorization").filter(value -> value.length() > 30).isPresent()
                && redacted.first("authorization").equals(headers.first("authorization"))) {
            throw new AssertionError("a credential stays");
        }
        REDACTION.target(new String(input, StandardCharsets.ISO_8859_1));
    }

    private static Header line(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? new Header(text, "") : new Header(text.substring(0, colon), text.substring(colon + 1));
    }
}
