package dev.ccproxy.storage.jdbc;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Up to where a scan has looked: packs and answers with lower ids are left. Opaque on the wire. */
record ScanCursor(long pack, long answer) {

    static final ScanCursor START = new ScanCursor(Long.MAX_VALUE, Long.MAX_VALUE);

    String text() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(pack).putLong(answer).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Throws {@link IllegalArgumentException} for a text that {@link #text} never made. */
    static ScanCursor parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != 16) {
            throw new IllegalArgumentException("the cursor is none of ours");
        }
        return new ScanCursor(bytes.getLong(), bytes.getLong());
    }
}
