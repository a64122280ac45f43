import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** As much of HTTP/1.1 as both sides of the benchmarks need. */
final class Wire {

    private Wire() {}

    /** The head with its last line end, in lower case; null when the other side has closed. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    /** Reads the body that belongs to this head; gives its length. */
    static long body(InputStream in, String head) throws IOException {
        if (head.contains("transfer-encoding: chunked")) {
            return chunks(in);
        }
        int at = head.indexOf("content-length: ");
        long length = at < 0 ? 0 : Long.parseLong(head.substring(at + 16, head.indexOf('\r', at)).strip());
        in.skipNBytes(length);
        return length;
    }

    private static long chunks(InputStream in) throws IOException {
        long all = 0;
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size + 2L);
            if (size == 0) {
                return all;
            }
            all += size;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("cut in the middle");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
