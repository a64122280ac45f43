package dev.ccproxy.storage.jdbc;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.segment.Varints;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Header lines as length-prefixed UTF-8 names and values, in wire order. */
final class HeaderCodec {

    private HeaderCodec() {}

    static Bytes encode(Headers headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        for (Header line : headers) {
            writeText(out, line.name());
            writeText(out, line.value());
        }
        return Bytes.wrap(out.toByteArray());
    }

    static Headers decode(byte[] encoded) {
        Varints.Reader reader = new Varints.Reader(encoded);
        List<Header> lines = new ArrayList<>();
        while (!reader.atEnd()) {
            String name = readText(reader, encoded);
            lines.add(new Header(name, readText(reader, encoded)));
        }
        return new Headers(lines);
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Varints.write(out, utf8.length);
        out.writeBytes(utf8);
    }

    private static String readText(Varints.Reader reader, byte[] encoded) {
        int length = Math.toIntExact(reader.next());
        return new String(encoded, reader.skip(length), length, StandardCharsets.UTF_8);
    }
}
