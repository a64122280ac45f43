package dev.ccproxy.api;

import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One file of the dashboard, in every content encoding it was built in. Immutable. */
record DashboardFile(String contentType, String cacheControl, List<Variant> variants) {

    /** Its name differs with its content: a browser need never ask again. */
    static final String IMMUTABLE = "public, max-age=31536000, immutable";

    /** A browser keeps it, but asks each time whether it changed. */
    static final String REVALIDATED = "no-cache";

    /** Also used where a name says nothing. */
    private static final String BYTES = "application/octet-stream";

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    /**
     * The content in one encoding.
     *
     * @param encoding such as {@code br}; empty for the content itself
     */
    record Variant(String encoding, String etag, Bytes content) {

        static Variant of(String encoding, Bytes content) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.toByteArray());
                return new Variant(encoding, '"' + HexFormat.of().formatHex(digest, 0, 16) + '"', content);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** A page that is made anew for each viewer. */
    static DashboardFile page(String html) {
        return new DashboardFile(
                CONTENT_TYPES.getOrDefault("html", BYTES), REVALIDATED, List.of(Variant.of("", Bytes.utf8(html))));
    }

    static String contentTypeOf(String name) {
        return CONTENT_TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), BYTES);
    }

    /** The file in the best encoding that the browser takes, or that it has it already. */
    Answer answer(Call call) {
        List<String> taken = tokens(call, "Accept-Encoding");
        Variant best = variants.stream()
                .filter(variant -> variant.encoding.isEmpty() || taken.contains(variant.encoding))
                .findFirst()
                .orElseThrow();
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", contentType));
        headers.add(new Header("ETag", best.etag));
        headers.add(new Header("Cache-Control", cacheControl));
        headers.add(new Header("Vary", "Accept-Encoding"));
        if (!best.encoding.isEmpty()) {
            headers.add(new Header("Content-Encoding", best.encoding));
        }
        boolean known = tokens(call, "If-None-Match").contains(best.etag);
        return new Answer.Full(known ? 304 : 200, new Headers(headers), known ? Bytes.EMPTY : best.content);
    }

    /** The members of a list header; those with {@code q=0} are not members. */
    private static List<String> tokens(Call call, String name) {
        return call.headers().all(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(member -> member.strip().toLowerCase(Locale.ROOT))
                .filter(member -> !member.matches(".*;\\s*q=0(\\.0*)?"))
                .map(member -> member.split(";", 2)[0].strip())
                .toList();
    }
}
